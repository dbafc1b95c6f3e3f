"""Addresses of one's account: ours, and those of allauth that we open, each named here.

allauth's list is not included whole: sign-up, links by mail and its own re-authentication stay closed.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from accounts.people.proof import fresh_proof_required as proved
from accounts.people.views import account as own
from accounts.people.views import channels, proof, signing

urlpatterns = [
    path("nom/", own.name, name="account_name"),
    path("texte-garde/<int:key>/", own.kept_text, name="account_kept_text"),
    path("preuve/", proof.proof, name="account_proof"),
    path("email/", proved(own.email), name="account_email"),
    path("email/code/", proved(own.email_code), name="account_email_code"),
    path("email/retirer/", proved(channels.remove_email), name="account_remove_email"),
    path("mots/", channels.three_words, name="account_words"),
    path("recevoir/", channels.channel, name="account_channel"),
    path("passe/", channels.past, name="account_past"),
    path("sessions/", own.SessionsView.as_view(), name="usersessions_list"),
    path("sessions/partout/", own.end_everywhere, name="account_end_everywhere"),
    # In and out.
    path("login/", signing.SignInView.as_view(), name="account_login"),
    path("login/mot-de-passe/", signing.PasswordSignInView.as_view(), name="account_login_password"),
    path("login/code/", signing.ask_code, name="account_request_login_code"),
    path("login/code/confirm/", signing.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("logout/", signing.SignOutView.as_view(), name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    # Password.
    path("password/change/", proved(account.password_change), name="account_change_password"),
    path("password/set/", proved(account.password_set), name="account_set_password"),
    path("password/reset/", signing.PasswordResetView.as_view(), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        signing.ConfirmResetCodeView.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path("password/reset/complete/", account.complete_password_reset, name="account_complete_password_reset"),
    path(
        "password/reset/done/", account.password_reset_from_key_done, name="account_password_reset_completed"
    ),
    # Second factor.
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/totp/activate/", proved(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", proved(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", proved(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        proved(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        proved(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", proved(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", signing.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", proved(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", proved(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]
