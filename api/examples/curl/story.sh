#!/bin/sh
# The whole story of Friender with curl: two people sign up with photos, are shown to each other, both say yes, match
# once, and write to each other. Needs curl and the usual small tools. Runs against a demo (`make demo`), as often as
# you like: every run makes two new people.
#
#   FRIENDER_URL        where Friender answers       (default http://127.0.0.1:8080)
#   STORY_EXPIRES_IN    seconds after which a link must be dead: waits that long for it. Unset: expiry isn't tried.
#   STORY_FOLDER        keep the answers and the fetched pictures in this folder
set -eu

if [ "${1:-}" = --help ]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0"
    exit 0
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
url=${FRIENDER_URL:-http://127.0.0.1:8080}
api=${url%/}/api/v1
run=$(date +%s | tail -c 9)$$
password="otters-hold-hands-$run"
zip=69201 # Valentine, Nebraska: few live there, so the two meet on the first page
step=0

if [ -n "${STORY_FOLDER:-}" ]; then
    folder=$STORY_FOLDER
    mkdir -p "$folder"
else
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    trap 'exit 130' INT TERM
fi
answer=$folder/answer.json

# --- saying and failing ---------------------------------------------------------------------------------------------

say() {
    step=$((step + 1))
    printf '%2d. %s\n' "$step" "$*"
}

fail() {
    printf '\nThe story breaks at step %d: %s\n' "$step" "$*" >&2
    if [ -s "$answer" ]; then printf 'The last answer was (%s):\n%s\n' "${status:-?}" "$(head -c 2000 "$answer")" >&2; fi
    exit 1
}

# --- asking ---------------------------------------------------------------------------------------------------------

# request METHOD PATH TOKEN [more for curl]: the body goes to $answer, the status to $status.
request() {
    method=$1 path=$2 token=$3
    shift 3
    if [ -n "$token" ]; then set -- -H "Authorization: Bearer $token" "$@"; fi
    : >"$answer"
    status=$(curl -sS --noproxy '*' --max-time 60 -o "$answer" -w '%{http_code}' -X "$method" "$@" "$api$path") ||
        fail "$method $api$path got no answer. Is Friender running? \`make demo\` starts it."
}

json() { # METHOD PATH TOKEN BODY
    request "$1" "$2" "$3" -H 'Content-Type: application/json' --data "$4"
}

expect() { # STATUS… -- WHAT
    wanted=
    while [ "$1" != -- ]; do
        wanted="$wanted $1"
        if [ "$status" = "$1" ]; then return 0; fi
        shift
    done
    fail "$2: expected status$wanted, got $status"
}

# --- reading JSON with sed ------------------------------------------------------------------------------------------
# Enough for these answers: no value that is read here holds a quote. With jq it would be one word each.

# text NAME [FILE]: the first string (or number, or true/false) of that name.
text() {
    tr -d '\n' <"${2:-$answer}" | sed 's/\\u0026/\&/g' | grep -oE "\"$1\" *: *(\"[^\"]*\"|[-0-9.a-z]+)" | head -n 1 |
        sed "s/^\"$1\" *: *//; s/^\"//; s/\"\$//"
}

# inside NAME: what comes after the beginning of the object of that name.
inside() { tr -d '\n' <"$answer" | sed "s/.*\"$1\" *: *{//"; }

# links [FILE]: every presigned link, one a line.
links() { tr -d '\n' <"${1:-$answer}" | sed 's/\\u0026/\&/g' | grep -o 'https\{0,1\}://[^" ]*X-Amz-Signature=[^" ]*' | sort -u; }

count() { grep -o -- "$1" "${2:-$answer}" | wc -l | tr -d ' '; }

# card USERNAME: the part of the last list that is about this person.
card() { tr -d '\n' <"$answer" | sed 's/"username"/\
&/g' | grep "^\"username\" *: *\"$1\""; }

# --- pictures -------------------------------------------------------------------------------------------------------

byte() { od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' '; }
word() { echo $(($(byte "$1" "$2") * 256 + $(byte "$1" $(($2 + 1))))); }

# shape FILE: kind, width and height, read from the picture's own head.
shape() {
    case "$(od -An -tx1 -N 4 "$1" | tr -d ' ')" in
        89504e47) echo "PNG $(word "$1" 18) $(word "$1" 22)" ;;
        52494646) webp_shape "$1" ;;
        ffd8ff*) jpeg_shape "$1" ;;
        *) return 1 ;;
    esac
}

jpeg_shape() {
    at=2
    while marker=$(byte "$1" $((at + 1))) && [ -n "$marker" ]; do
        case $marker in
            192 | 193 | 194) # the frame's head: height, then width
                echo "JPEG $(word "$1" $((at + 7))) $(word "$1" $((at + 5)))"
                return 0
                ;;
        esac
        at=$((at + 2 + $(word "$1" $((at + 2)))))
    done
    return 1
}

webp_shape() {
    case "$(od -An -c -j 12 -N 4 "$1" | tr -d ' ')" in
        VP8X) echo "WebP $(($(byte "$1" 24) + $(byte "$1" 25) * 256 + 1)) $(($(byte "$1" 27) + $(byte "$1" 28) * 256 + 1))" ;;
        VP8L) lossless_shape $(($(byte "$1" 21) + $(byte "$1" 22) * 256 + $(byte "$1" 23) * 65536 + $(byte "$1" 24) * 16777216)) ;;
        *) echo "WebP $((($(byte "$1" 26) + $(byte "$1" 27) * 256) % 16384)) $((($(byte "$1" 28) + $(byte "$1" 29) * 256) % 16384))" ;;
    esac
}

lossless_shape() { echo "WebP $(($1 % 16384 + 1)) $(($1 / 16384 % 16384 + 1))"; }

# same_picture SENT FETCHED: it is a picture of the same proportions, without the metadata of what was sent; where
# ImageMagick is there, the pixels are compared, too (they were encoded anew, so nearly the same is the same).
same_picture() {
    sent=$(shape "$1") || fail "$1 is no picture that this script can read"
    got=$(shape "$2") || fail "what the link gave is no JPEG, PNG or WebP picture"
    # shellcheck disable=SC2086
    set -- "$1" "$2" $sent $got
    if [ $(($4 * $8 * 100)) -lt $(($5 * $7 * 97)) ] || [ $(($4 * $8 * 97)) -gt $(($5 * $7 * 100)) ]; then
        fail "another picture came back: sent $sent, got $got"
    fi
    if grep -qE 'Exif|Demo camera' "$2"; then fail "the picture still carries metadata"; fi
    how="$got, no metadata"
    if difference=$(compare -metric RMSE "$1" "$2[${4}x${5}!]" null: 2>&1) || [ $? -eq 1 ]; then
        share=$(printf '%s' "$difference" | sed -n 's/.*(\([0-9.e-]*\)).*/\1/p')
        if [ -n "$share" ]; then
            awk -v share="$share" 'BEGIN { exit !(share < 0.08) }' || fail "the pixels differ too much ($share)"
            how="$how, pixels differ by $share"
        fi
    fi
}

fetch() { # LINK FILE: the status goes to $status
    status=$(curl -sS --noproxy '*' --max-time 30 -o "$2" -w '%{http_code}' "$1") || fail "no answer from the photo store: $1"
}

# --- people ---------------------------------------------------------------------------------------------------------

sign_up() { # USERNAME NAME PHOTO HOBBIES INTERESTS: $person and $token
    request POST /users '' \
        -F "username=$1" -F "password=$password" -F "email=$1@example.org" -F "display_name=$2" \
        -F "hobbies=$4" -F "interests=$5" -F "location=$zip" -F 'friend_radius=5' -F 'birth_date=1994-05-17' \
        -F "bio=I am $2, and this is a story." -F "file=@$3"
    if [ "$status" = 429 ]; then fail "too many sign-ups from this address for now: wait, or start with FRIENDER_RATE_LIMITS=off"; fi
    expect 201 -- "signing up $1"
    person=$(inside user | sed 's/[^{]*"id" *: *"\([^"]*\)".*/\1/')
    case $person in ????????-????-????-????-????????????) ;; *) fail "no user id in the answer" ;; esac
    token=$(text token)
    if [ -z "$token" ]; then fail "no token in the answer"; fi
}

see_in_deck() { # TOKEN USERNAME PHOTO NAME: the other one is in the deck, with the very photo
    request GET '/deck?limit=20' "$1"
    expect 200 -- "the deck"
    card "$2" >"$folder/card.json" || fail "$2 is not in the deck"
    link=$(links "$folder/card.json" | head -n 1)
    if [ -z "$link" ]; then fail "$2's card has no photo"; fi
    fetch "$link" "$folder/$2.seen"
    expect 200 -- "fetching $2's photo"
    same_picture "$3" "$folder/$2.seen"
    printf '    %s sees %s, and the photo (%s).\n' "$4" "$2" "$how"
}

send() { # TOKEN CLIENT_ID BODY
    json POST "/matches/$match/messages" "$1" "{\"body\":\"$3\",\"client_id\":\"$2\"}"
    expect 200 201 -- "sending a message"
}

# A version 4 UUID, the client's own name for a message.
new_id() {
    od -An -tx1 -N 16 /dev/urandom | tr -d ' \n' |
        sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\)$/\1-\2-4\3-8\4-\5/'
}

# --- the story ------------------------------------------------------------------------------------------------------

ada=ada_$run
bob=bob_$run

say "Is Friender there, at $url?"
status=$(curl -sS --noproxy '*' --max-time 10 -o "$answer" -w '%{http_code}' "${url%/}/readyz") ||
    fail "nothing answers. \`make demo\` starts Friender; FRIENDER_URL says where it is."
expect 200 -- "readiness"

say "Ada ($ada) and Bob ($bob) sign up, each with a photo."
sign_up "$ada" Ada "$here/photos/ada.jpg" "stargazing, story $run" "astronomy, tea"
ada_id=$person ada_token=$token
sign_up "$bob" Bob "$here/photos/bob.png" "story $run, fishing" "tea, astronomy"
bob_id=$person bob_token=$token

say "Ada logs in, and a wrong password is refused."
json POST /login '' "{\"username\":\"$ada\",\"password\":\"not-$password\"}"
expect 401 -- "a wrong password"
json POST /login '' "{\"username\":\"$ada\",\"password\":\"$password\"}"
expect 200 -- "logging in"
ada_token=$(text token)

say "Their decks show each other."
see_in_deck "$ada_token" "$bob" "$here/photos/bob.png" Ada
photo_link=$link
see_in_deck "$bob_token" "$ada" "$here/photos/ada.jpg" Bob

say "A link that was altered is refused, and so is one without a signature."
signature=$(printf '%s' "$photo_link" | sed 's/.*X-Amz-Signature=\([0-9a-f]*\).*/\1/')
other=$(printf '%s' "$signature" | tr 0123456789abcdef 123456789abcdef0)
fetch "$(printf '%s' "$photo_link" | sed "s/$signature/$other/")" "$answer"
expect 403 -- "another signature"
fetch "$(printf '%s' "$photo_link" | sed 's/X-Amz-Expires=[0-9]*/X-Amz-Expires=86400/')" "$answer"
expect 403 -- "a longer life written into the link"
fetch "${photo_link%%\?*}" "$answer"
expect 403 -- "no signature"

say "Ada says yes: no match yet."
json POST /likes "$ada_token" "{\"user_id\":\"$bob_id\",\"liked\":true}"
expect 200 201 -- "Ada's yes"
if [ "$(text matched)" != false ]; then fail "a match after one yes"; fi

say "Bob says yes: a match."
json POST /likes "$bob_token" "{\"user_id\":\"$ada_id\",\"liked\":true}"
expect 200 201 -- "Bob's yes"
if [ "$(text matched)" != true ]; then fail "no match after two yes"; fi
match=$(inside match | sed 's/[^{]*"id" *: *"\([^"]*\)".*/\1/')

say "Saying it again changes nothing, saying no now is a conflict."
json POST /likes "$bob_token" "{\"user_id\":\"$ada_id\",\"liked\":true}"
expect 200 -- "a repeated yes"
json POST /likes "$bob_token" "{\"user_id\":\"$ada_id\",\"liked\":false}"
expect 409 -- "a no after a yes"

say "Both have exactly one match, the same, and don't see each other in the deck any more."
for pair in "$ada_token $bob" "$bob_token $ada"; do
    token=${pair% *} name=${pair#* }
    request GET /matches "$token"
    expect 200 -- "the matches"
    if [ "$(count '"username"')" != 1 ] || [ -z "$(card "$name")" ]; then fail "not exactly one match"; fi
    if [ "$(count "\"$match\"")" -lt 1 ]; then fail "not the same match for both"; fi
    request GET '/deck?limit=20' "$token"
    expect 200 -- "the deck"
    if [ "$(count "$name")" != 0 ]; then fail "$name was decided on and is shown again"; fi
done

say "They write to each other. A message that is sent twice arrives once."
first=$(new_id)
send "$ada_token" "$first" "Hello Bob, shall we look at the stars?"
send "$ada_token" "$first" "Hello Bob, shall we look at the stars?"
send "$bob_token" "$(new_id)" "Yes! Friday, I bring the tea."
for token in "$ada_token" "$bob_token"; do
    request GET "/matches/$match/messages" "$token"
    expect 200 -- "the messages"
    if [ "$(count 'Hello Bob, shall we')" != 1 ]; then fail "Ada's message is not there exactly once"; fi
    if [ "$(count 'Friday, I bring the tea')" != 1 ]; then fail "Bob's message is not there exactly once"; fi
done

say "Ada's conversation list counts one unread message, until she reads it."
request GET /conversations "$ada_token"
expect 200 -- "the conversations"
if [ "$(text unread)" != 1 ]; then fail "unread is $(text unread), not 1"; fi
json PUT "/matches/$match/read" "$ada_token" '{"seq":2}'
expect 200 204 -- "marking as read"
request GET /conversations "$ada_token"
if [ "$(text unread)" != 0 ]; then fail "unread is $(text unread), not 0"; fi

say "A stranger can't read along."
request GET "/matches/$match/messages" ''
expect 401 -- "reading without a token"

if [ -n "${STORY_EXPIRES_IN:-}" ]; then
    say "A link dies when its time is over (waiting up to $STORY_EXPIRES_IN s)."
    request GET "/users/$ada_id/images" "$ada_token"
    expect 200 -- "one's own photos"
    link=$(links | head -n 1)
    fetch "$link" "$folder/own"
    expect 200 -- "one's own photo"
    waited=0
    while fetch "$link" "$answer" && [ "$status" = 200 ]; do
        if [ "$waited" -ge "$STORY_EXPIRES_IN" ]; then fail "the link still works after $waited s"; fi
        sleep 1
        waited=$((waited + 1))
    done
    expect 403 -- "an expired link"
fi

printf '\nThe story ends well: %d steps.\n' "$step"
