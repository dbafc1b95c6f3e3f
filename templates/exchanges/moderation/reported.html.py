BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
BBBB BBBBBBBBBB
BBBBB BBBBB gettext(u'Your report is sent') BBBBBBBB

BBBBB BB gettext(u'Your report is sent') BBBBBBBB

BBBBB BBBBXX XXXXXXXXXXXXXBB BBBBBBBBB gettext(u'If somebody is in danger, do not wait for us: call.') BBBB gettext(u'Thank you. Somebody reads the message again.') BBBBBXXXXBBBBBBBB

BBBBB BBBB
  BB BBBBBBBBB gettext(u'Call') BBBBBB BBBBBBBBB BBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBB
   gettext(u'Who is told') 
  BBBBBB BBBBBBBBBBBBBBBB
    XXXBB BBBBBBBBB gettext(u'Those who run the group and the direction of the school are told now, at any hour.') BBBB BBBBBBBBBBBBB gettext(u'Those who run the group. If nobody has decided after two days of school, the direction too.') BBBB gettext(u'Those who run the group, and the direction of the school.') BBBBBXXXX
    XXX gettext(u'Your name is told neither to the author nor to those who run the group. Nobody sees who reported.') XXXX
  BBBBBBBBB
  XXXX XXXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXX gettext(u'Back to the discussion') XXXXXXXXXX
BBBBBBBB BBBB
