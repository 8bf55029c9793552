"""LaTeX commands by what they mean in plain text."""

from __future__ import annotations

_GREEK = """alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda
    λ mu μ nu ν xi ξ pi π rho ρ varrho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ
    Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇
    hbar ħ""".split()
_OPERATORS = """times × cdot · ast * star * bullet · div / over / pm ± mp ∓ cdotp · centerdot · slash /
    textasteriskcentered * texttimes × textpm ± textdiv /""".split()
_RELATIONS = """approx ≈ simeq ≈ thickapprox ≈ approxeq ≈ cong ≈ doteq ≈ fallingdotseq ≈ sim ~ thicksim ~ equiv =
    coloneqq := triangleq = to → rightarrow → longrightarrow → mapsto → Rightarrow ⇒ implies ⇒ Longrightarrow ⇒ iff ⇔
    leftarrow ← gets ← Leftrightarrow ⇔ le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ll ≪ gg ≫ lt < gt > neq ≠ ne
    ≠ lesssim ≲ gtrsim ≳ propto ∝ in ∈ therefore ∴ because ∵""".split()
_SIGNS = """percent % euro € texteuro € pounds £ textsterling £ yen ¥ textyen ¥ textdollar $ dollar $ textdegree °
    degree ° textasciitilde ~ textmu µ textohm Ω cdots ... ldots ... dots ... dotsc ... dotsb ... textellipsis
    ... lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ langle ⟨ rangle ⟩ vert | mid | textbar | textbackslash \\
    textunderscore _ lbrack [ rbrack ] lparen ( rparen ) lbrace { rbrace } colon : textendash – textemdash —
    copyright © checkmark ✓ backslash \\ textgreater > textless < textquotesingle '""".split()


def _pairs(listed: list[str]) -> dict[str, str]:
    return dict(zip(listed[::2], listed[1::2], strict=True))


OPERATORS = frozenset(_OPERATORS[::2] + _RELATIONS[::2])
SYMBOLS = _pairs(_GREEK) | _pairs(_OPERATORS) | _pairs(_RELATIONS) | _pairs(_SIGNS)
# Big operators, whose limits go with them: a reader has to see that what follows is no plain product.
BIG_OPERATORS = {"sum": "∑", "prod": "∏", "int": "∫", "iint": "∫", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂"}
NAMED_FUNCTIONS = frozenset("log ln lg exp min max sin cos tan lim arg gcd mod bmod sup inf det dim deg Pr".split())

FRACTIONS = frozenset(["frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac", "flatfrac"])
# Between these and what stands beside them a blank may be needed: a number and its unit.
TEXTS = frozenset(
    """text mathrm textrm mbox hbox textnormal operatorname unit textup textsf mathsf texttt mathtt mathop ce
    ensuremath textit textbf emph""".split()
)
FONTS = frozenset(
    """mathbf mathit mathcal mathbb mathfrak mathscr boldsymbol bm bf it rm sf tt em boxed fbox colorbox underline
    overline bar hat tilde vec dot ddot widehat widetilde cancel bcancel xcancel underbrace overbrace
    underbracket textsl textsc underline uline highlight hl smash mathstrut pmb pmod phantomsection
    textsuperscript section subsection subsubsection chapter paragraph subparagraph title author caption item""".split()
)
SPACES = {"quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "medspace": " ", "space": " ", "hfill": " "} | {
    "newline": "\n", "linebreak": "\n", "par": "\n", "cr": "\n", "tabularnewline": "\n"
}  # fmt: skip
SIZES = frozenset(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm biggm Biggm".split()
)
NOTHING = frozenset(
    """displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag hline toprule midrule
    bottomrule centering raggedright raggedleft noindent allowbreak nobreak relax protect small footnotesize
    scriptsize tiny large Large LARGE huge Huge normalsize normalfont bfseries itshape ttfamily rmfamily
    sffamily upshape mdseries maketitle tableofcontents newpage clearpage pagebreak smallskip medskip bigskip
    appendix strut negthinspace negmedspace negthickspace hfil vfill""".split()
)
# How many arguments go with the command.
DROPPED_ARGUMENTS = dict.fromkeys(
    """cite citep citet citealp citeauthor citeyear parencite textcite autocite footcite ref eqref pageref cref
    Cref autoref nameref label tag vspace hspace phantom hphantom vphantom includegraphics usepackage
    documentclass bibliography bibliographystyle color pagestyle thispagestyle input include vskip hskip
    footnotemark overset underset stackrel textcolor href setcounter cmidrule cline""".split(),
    1,
) | {"newcommand": 2, "renewcommand": 2, "providecommand": 2, "setlength": 2, "rule": 2}

ALIGNMENTS = frozenset(
    """align aligned alignat alignedat eqnarray split gather gathered multline flalign equation cases dcases math
    displaymath dmath IEEEeqnarray""".split()
)
MATHS = ALIGNMENTS | frozenset(["array", "matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix", "subequations"])
TABLES = frozenset(["array", "matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix"]) | frozenset(
    ["tabular", "tabularx", "tabulary", "longtable", "supertabular", "tblr"]
)
# Environments with an argument, which goes with their name.
ARGUED_ENVIRONMENTS = frozenset(
    """array tabular tabularx tabulary longtable supertabular tblr minipage alignat alignedat multicols""".split()
)
NUMBERS = frozenset(["num", "ang"])
UNITS = frozenset(["si", "unit"])
QUANTITIES = frozenset(["SI", "qty"])
RANGES = frozenset(["SIrange", "qtyrange", "numrange"])

KNOWN = (
    frozenset(SYMBOLS)
    | frozenset(BIG_OPERATORS)
    | NAMED_FUNCTIONS
    | FRACTIONS
    | TEXTS
    | FONTS
    | frozenset(SPACES)
    | SIZES
    | NOTHING
    | frozenset(DROPPED_ARGUMENTS)
    | frozenset(["sqrt", "begin", "end", "footnote"])
    | NUMBERS
    | UNITS
    | QUANTITIES
    | RANGES
)
# Known commands that alone do not show that a line is LaTeX: they are as well words in paths and in escaped strings.
_WEAK = frozenset(
    """in ne nu ni it em bf rm sf tt bar dot hat vec big Big left right middle small large huge tiny color input
    include title author section caption item label tag ref rule text num unit min max log exp arg mod sup inf
    det dim deg lim int sum star slash par space title phantom hl cr lg ll""".split()
)
STRONG = KNOWN - _WEAK
