# Flattens JSON for the shell: one line for each value, its path, a tab, the value.
#   {"files":[{"key":"a/b","size":7}]}   becomes   /files/0/key<TAB>a/b   and   /files/0/size<TAB>7
# Line ends and tabs inside a text become spaces; \u escapes beyond ASCII stay as they are.

{ text = text $0 " " }

END { at = 1; value("") }

function blank() { while (substr(text, at, 1) ~ /[ \t\r]/) at++ }

function value(path,    first) {
    blank()
    first = substr(text, at, 1)
    if (first == "{") object(path)
    else if (first == "[") array(path)
    else if (first == "\"") print path "\t" string()
    else if (match(substr(text, at), /^[-+.0-9a-zA-Z]+/)) {
        print path "\t" substr(text, at, RLENGTH)
        at += RLENGTH
    } else exit 1
    blank()
}

function object(path,    name) {
    at++
    blank()
    while (substr(text, at, 1) == "\"") {
        name = string()
        blank()
        at++ # the colon
        value(path "/" name)
        if (substr(text, at, 1) == ",") at++
        blank()
    }
    at++
}

function array(path,    count) {
    at++
    blank()
    for (count = 0; at <= length(text) && substr(text, at, 1) != "]"; count++) {
        value(path "/" count)
        if (substr(text, at, 1) == ",") at++
        blank()
    }
    at++
}

function string(    said, letter) {
    said = ""
    for (at++; at <= length(text) && (letter = substr(text, at, 1)) != "\""; at++) {
        if (letter != "\\") { said = said letter; continue }
        letter = substr(text, ++at, 1)
        if (letter == "u") said = said escaped()
        else said = said (letter ~ /[nrtbf]/ ? " " : letter)
    }
    at++
    return said
}

function escaped(    code, digits, n) {
    digits = tolower(substr(text, at + 1, 4))
    at += 4
    code = 0
    for (n = 1; n <= 4; n++) code = code * 16 + index("0123456789abcdef", substr(digits, n, 1)) - 1
    if (code < 32) return " "
    return code < 127 ? sprintf("%c", code) : "\\u" digits
}
