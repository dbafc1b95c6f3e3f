"""The pages of one's account: signing in, the account itself, the fresh proof."""
