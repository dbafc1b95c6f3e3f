 #

XXX XXXXXXXXXXX XXXXXXXXX
  XXXXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXX  gettext(u'a child is in danger: day and night, free, also for children') XXXXX
  XXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXX  gettext(u'harassment, violence online: every day, free') XXXXX
  XXXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX  gettext(u'the police, if it is now') XXXXX
XXXXX
