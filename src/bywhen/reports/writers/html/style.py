"""The look of the HTML report: the product's tokens, screen and print, light and dark. One style sheet, no scripts."""

STYLE = """
:root{--bg:#f6f5f1;--surface:#fffefb;--line:#e4e1d8;--line-strong:#cfcabc;--ink:#1d1c1a;--ink-2:#57534a;
--ink-3:#6f6a5e;
--accent:#1f4e5f;--accent-soft:#e2eef1;--focus:#0b6bcb;--bad:#a8261c;--bad-soft:#fbe9e6;--warn:#8a5a00;--warn-soft:#fbf0d9;
--good:#2a6a3f;--good-soft:#e4f1e7;--none:#6b6a66;--none-soft:#ecebe6}
@media (prefers-color-scheme:dark){:root{--bg:#16181a;--surface:#1c1f21;--line:#32373b;--line-strong:#454c51;
--ink:#eceae4;
--ink-2:#b7b3a8;--ink-3:#999488;--accent:#7fc3d6;--accent-soft:#20363d;--focus:#6cb2ff;--bad:#ff8f83;--bad-soft:#3b211f;
--warn:#f0bd63;--warn-soft:#372c17;--good:#86d19d;--good-soft:#1d3325;--none:#a3a29c;--none-soft:#2b2e30}}
*{box-sizing:border-box}
html{font:14px/1.5 Inter,"Segoe UI",system-ui,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--bg);
font-feature-settings:"tnum" 1}
body{margin:0}
main{max-width:880px;margin:0 auto;padding:40px 32px 64px;background:var(--surface);
border-inline:1px solid var(--line)}
h1{font-size:28px;line-height:1.15;letter-spacing:-.02em;margin:0 0 2px}
h2{font-size:17px;letter-spacing:-.01em;color:var(--accent);margin:32px 0 8px}
h3{font-size:14px;margin:20px 0 4px}
.sub{color:var(--ink-2);margin:0 0 20px}
.lead{font-size:16px;max-width:68ch;margin:0 0 8px}
p{margin:0 0 8px;max-width:76ch}ul{margin:4px 0 12px;padding-left:20px}li{margin-bottom:3px}
.note,small{color:var(--ink-2);font-size:12px}small{display:block;font-weight:400;line-height:1.4}
a{color:var(--accent)}.cite{font-size:11px;white-space:nowrap}.cite a{text-decoration:none;padding:3px 1px}
.cite a:hover{text-decoration:underline}:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:13px;margin:0 0 8px}
caption{text-align:left;color:var(--ink-3);font-size:12px;padding:0 0 4px}
.headed>caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th{text-align:left;font-size:12px;font-weight:600;color:var(--ink-3);vertical-align:bottom;
border-bottom:1px solid var(--line-strong)}
th,td{padding:7px 12px 7px 0}td,tbody th{vertical-align:top;border-bottom:1px solid var(--line)}
tbody th{font-size:13px;color:var(--ink);font-weight:400}
th:last-child,td:last-child{padding-right:0}.right{text-align:right;white-space:nowrap}
.right small{white-space:normal}
.strong{font-weight:600}
.rag{display:inline-flex;align-items:center;justify-content:center;width:18px;height:18px;font-size:11px;
font-weight:700;
margin-right:8px;border:1.5px solid;vertical-align:-3px;border-radius:3px}
.rag-red{color:var(--bad);background:var(--bad-soft);transform:rotate(45deg) scale(.86)}
.rag-red>span{transform:rotate(-45deg) scale(1.16)}
.rag-amber{color:var(--warn);background:var(--warn-soft)}
.rag-green{color:var(--good);background:var(--good-soft);border-radius:50%}
.rag-grey{color:var(--none);background:var(--none-soft);border-style:dashed}
.badges{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:12px;margin:0 0 12px}
.badge{padding:10px 14px;border-left:3px solid}.badge b{font-size:15px}.badge small{color:var(--ink-2)}
.badge.red{border-color:var(--bad);background:var(--bad-soft)}
.badge.amber{border-color:var(--warn);background:var(--warn-soft)}
.badge.green{border-color:var(--good);background:var(--good-soft)}
.badge.grey{border-color:var(--none);background:var(--none-soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:16px;margin:16px 0 0;
padding:12px 0;
border-block:1px solid var(--line-strong)}
.figures div{margin:0}.figures dt{font-size:12px;font-weight:600;color:var(--ink-3)}.figures dd{margin:0}
.value{font-size:22px;font-weight:650;letter-spacing:-.01em;line-height:1.3}.value span{font-size:13px}
figure{margin:12px 0 16px}figcaption{color:var(--ink-3);font-size:12px;margin-bottom:8px}
svg{display:block;width:100%;height:auto}
svg text{font:11px Inter,"Segoe UI",system-ui,"DejaVu Sans",sans-serif;fill:var(--ink-2)}
.grid{stroke:var(--line)}.kept{stroke:var(--ink-3);fill:none;stroke-width:1.75}
.moved{stroke:var(--bad);fill:none;stroke-width:2.25}
.dot-kept{fill:var(--ink-3)}.dot-moved{fill:var(--bad)}
.sources td,.sources th{font-size:12px}tr:target{background:var(--accent-soft)}
@media (max-width:720px){.scroll table{min-width:34rem}main{padding:24px 16px}h1{font-size:24px}}
@media (forced-colors:active){.rag{forced-color-adjust:none}}
@page{size:A4;margin:16mm 16mm 18mm}
@media print{:root{--bg:#fff;--surface:#fff;--line:#e4e1d8;--line-strong:#cfcabc;--ink:#1d1c1a;--ink-2:#57534a;
--ink-3:#6f6a5e;
--accent:#1f4e5f;--bad:#a8261c;--bad-soft:#fbe9e6;--warn:#8a5a00;--warn-soft:#fbf0d9;--good:#2a6a3f;--good-soft:#e4f1e7}
html{font-size:11px;print-color-adjust:exact;-webkit-print-color-adjust:exact}main{max-width:none;padding:0;border:0}
h2,h3,caption,figcaption{break-after:avoid}tr,.badge,.figures,figure{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}a{color:inherit}}
"""
