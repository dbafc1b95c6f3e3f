BBBBBBB BBBBBBBBBBB

BBBBB BBBBB gettext(u'We received your notice') BBBBBBBB

BBBBB BBBBBBBBBBXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXBBBBBBBB

BBBBB BBBBBBXX XXXXXXXXXXXXXXXX gettext(u'Receipt') XXXXXXXXBBBBBBBB

BBBBB BB gettext(u'We received your notice') BBBBBBBB

BBBBB BBBBXX XXXXXXXXXXXXX gettext(u'Its number is <b dir="ltr">%(receipt)s</b>. Keep it.') SSS SSSSSS SS SS SSSSSSSSSSSSSSSSSSSSSSSSSS SSSS SSSXXXXBBBBBBBB

BBBBB BBBB
  XXXX XXXXXXXXXXXXXX
    XXX gettext(u'A moderator of the site reads it, decides, and says why. Whatever the address, the answer of this page is the same.') XXXX
    XXXBB BBBBBBBBBBB gettext(u'The decision is sent to the address you gave, with what you may do if you do not agree.') BBBB gettext(u'You gave no address: nobody can answer you. The notice is read all the same.') BBBBBXXXX
  XXXXXX
BBBBBBBB BBBB
