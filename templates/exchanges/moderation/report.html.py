BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBBBBBBB BBBBBBBBBBBBBBBBBBBB
BBBBB BBBBB gettext(u'Report a message') BBBBBBBB

BBBBB BB gettext(u'Report a message') BBBBBBBB

BBBBB BBBB
   gettext(u'Who is told') 
  BBBBBBBBBBBB BBBBBBBBBBBBBBBBXXX gettext(u'Those who run the group') XXXX BB BBBBBBBBBBBBB gettext(u'read it again. The direction of the school too, if nobody has decided after two days of school, or at once if somebody is in danger.') BBBB gettext(u'and the direction of the school read it again.') BBBBB  gettext(u'Your name is told neither to the author nor to those who run the group.') BBBBBBBBBBBBBBB
  XXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXFFFFFFFFFFFFXXXXXXXXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    FFFFFF
    XXXX XXXXXXXXXXXXXX XXXXXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Report this message') XXXXXXXXX XX XXXXXXXXXX XXXXXXXXX XXXXXXXX gettext(u'Leave it as it is') XXXXXXXXXX
  XXXXXXX
BBBBBBBB BBBB
