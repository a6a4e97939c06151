#!/bin/sh
# Your photos on a Friender server, with curl and the usual small tools.
set -eu

usage() {
    cat <<'TEXT'
Your photos on a Friender server.

  photos.sh upload FILE|FOLDER...   through the server, several photos in a request
  photos.sh direct FILE|FOLDER...   straight to the photo store, by a signed URL for each photo
  photos.sh list
  photos.sh download FOLDER [KEY...]  all photos, or those
  photos.sh delete KEY...|--all

A folder stands for the JPEG, PNG and WebP pictures in it and in its folders. Each file has a result of its own; the exit
code is 1 if one of them failed.

Settings, by option (before the command) or environment:
  --url URL              FRIENDER_URL        where Friender answers (default http://127.0.0.1:8080)
  --username NAME        FRIENDER_USERNAME   who you are
                         FRIENDER_PASSWORD   your password
TEXT
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
url=${FRIENDER_URL:-http://127.0.0.1:8080}
username=${FRIENDER_USERNAME:-}
at_once=5 # photos in one request
failed=0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
answer=$folder/answer.json
values=$folder/values

misused() {
    printf '%s\n\n' "$1" >&2
    usage >&2
    exit 2
}

# --- asking ---------------------------------------------------------------------------------------------------------

# request METHOD URL [more for curl]: the answer goes to $answer, its status to $status; what JSON it holds, flattened,
# to $values. Told to come back later (429, 503), curl does.
request() {
    method=$1 target=$2
    shift 2
    status=$(curl -sS --noproxy '*' --max-time 60 --retry 3 -o "$answer" -w '%{http_code}' -X "$method" "$@" "$target") || {
        echo "No answer from $target" >&2
        exit 1
    }
    case $status in 2??) return 0 ;; *) return 1 ;; esac
}

api() { # METHOD PATH [more for curl], signed in
    method=$1 path=$2
    shift 2
    # From a file, so that the token is in no list of processes.
    request "$method" "${url%/}/api/v1$path" -H @"$folder/authorization" "$@" && worked=0 || worked=1
    awk -f "$here/json.awk" "$answer" >"$values" 2>/dev/null || : >"$values"
    return $worked
}

# value PATH: one value of the last answer.  /files/0/key
value() { awk -F '\t' -v path="$1" '$1 == path { print substr($0, length(path) + 2); exit }' "$values"; }

# every PATTERN: all values whose path matches.
every() { awk -F '\t' -v path="^$1\$" '$1 ~ path { print $2 }' "$values"; }

# Why the last request was refused: what is said of each file, or of all.
why() {
    details=$(every '/errors/[0-9]+/detail' | tr '\n' ' ')
    printf '%s (%s %s)\n' "${details:-$(value /detail)}" "$status" "$(value /code)"
}

# quoted TEXT: as a JSON string.
quoted() { printf '%s' "$1" | tr '\n\t' '  ' | sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/"/'; }

log_in() {
    : >"$folder/authorization"
    printf '{"username":%s,"password":%s}' "$(quoted "$username")" "$(quoted "$FRIENDER_PASSWORD")" >"$folder/login.json"
    api POST /login -H 'Content-Type: application/json' --data @"$folder/login.json" || {
        why >&2
        exit 1
    }
    printf 'Authorization: Bearer %s\n' "$(value /token)" >"$folder/authorization"
}

# --- files ----------------------------------------------------------------------------------------------------------

content_type() {
    case $(printf '%s' "$1" | tr '[:upper:]' '[:lower:]') in
        *.jpg | *.jpeg) echo image/jpeg ;;
        *.png) echo image/png ;;
        *.webp) echo image/webp ;;
        *) echo application/octet-stream ;;
    esac
}

# pictures NAME…: writes every file that is named, and every picture in the folders that are, to $folder/files.
pictures() {
    : >"$folder/files"
    for name in "$@"; do
        if [ -d "$name" ]; then
            find "$name" -type f \( -iname '*.jpg' -o -iname '*.jpeg' -o -iname '*.png' -o -iname '*.webp' \) |
                sort >"$folder/found"
            others=$(($(find "$name" -type f | wc -l) - $(wc -l <"$folder/found")))
            if [ "$others" -gt 0 ]; then echo "$name: $others files are no pictures: left out" >&2; fi
            cat "$folder/found" >>"$folder/files"
        elif [ -f "$name" ]; then
            printf '%s\n' "$name" >>"$folder/files"
        else
            misused "$name: there is no such file or folder"
        fi
    done
}

refused() { # WORDS
    failed=1
    printf '%s\n' "$1" >&2
}

# --- commands -------------------------------------------------------------------------------------------------------

upload_some() { # the form's parts, ready for curl; $folder/some lists the files
    api POST /upload "$@" || {
        refused "$(why)" # none of them was kept; each is named
        return 0
    }
    n=0
    while IFS= read -r file; do
        if [ "$(value "/files/$n/uploaded")" = true ]; then
            echo "$file: kept as $(value "/files/$n/key")"
        else
            refused "$(value "/files/$n/error/message") ($(value "/files/$n/error/code"))"
        fi
        n=$((n + 1))
    done <"$folder/some"
}

upload() {
    : >"$folder/some"
    set --
    while IFS= read -r file; do
        # In curl's -F a comma or semicolon would end an unquoted name.
        part=$(printf '%s' "$file" | sed 's/\\/\\\\/g; s/"/\\"/g')
        set -- "$@" -F "file=@\"$part\";type=$(content_type "$file")"
        printf '%s\n' "$file" >>"$folder/some"
        if [ $# -ge $((at_once * 2)) ]; then
            upload_some "$@"
            : >"$folder/some"
            set --
        fi
    done <"$folder/files"
    if [ $# -gt 0 ]; then upload_some "$@"; fi
}

direct_one() { # FILE
    size=$(wc -c <"$1" | tr -d ' ')
    printf '{"filename":%s,"content_type":"%s","size":%s}' "$(quoted "$(basename -- "$1")")" "$(content_type "$1")" "$size" \
        >"$folder/wanted.json"
    api POST /upload-url -H 'Content-Type: application/json' --data @"$folder/wanted.json" || return 1
    key=$(value /file_key) target=$(value /presigned_url) method=$(value /method)
    # Exactly the headers of the answer: they are part of the signature.
    awk -F '\t' '$1 ~ "^/headers/" { print substr($1, 10) ": " $2 }' "$values" >"$folder/headers"
    request "$method" "$target" -H @"$folder/headers" -H 'Expect:' -T "$1" || {
        : >"$values"
        return 1
    }
    printf '{"file_key":%s}' "$(quoted "$key")" >"$folder/wanted.json"
    api POST /files -H 'Content-Type: application/json' --data @"$folder/wanted.json"
}

direct() {
    while IFS= read -r file; do
        if direct_one "$file" </dev/null; then echo "$file: kept as $(value /key)"; else refused "$file: $(why)"; fi
    done <"$folder/files"
}

list_files() {
    api GET /files || {
        why >&2
        exit 1
    }
}

show() {
    list_files
    n=0
    while [ "$n" -lt "$(value /count)" ]; do
        printf '%s  %9s bytes  %sx%s  %s\n' "$(value "/files/$n/key")" "$(value "/files/$n/size")" \
            "$(value "/files/$n/width")" "$(value "/files/$n/height")" "$(value "/files/$n/filename")"
        n=$((n + 1))
    done
    echo "$n files"
}

# keys [KEY…]: those, or all.
keys() {
    if [ $# -gt 0 ]; then printf '%s\n' "$@"; else list_files && every '/files/[0-9]+/key'; fi >"$folder/keys"
}

download() { # into $into what $folder/keys lists
    mkdir -p -- "$into"
    while IFS= read -r key; do
        printf '{"file_key":%s}' "$(quoted "$key")" >"$folder/wanted.json"
        if ! api POST /download-url -H 'Content-Type: application/json' --data @"$folder/wanted.json"; then
            refused "$key: $(why)"
        elif ! request GET "$(value /presigned_url)"; then
            refused "$key: the store answers $status"
        else
            cp -- "$answer" "$into/${key##*/}"
            echo "$key: saved as $into/${key##*/}"
        fi
    done <"$folder/keys"
}

delete() {
    while IFS= read -r key; do
        uuid=${key##*/} # in paths the key's UUID is enough
        if api DELETE "/files/${uuid%%.*}"; then echo "$key: deleted"; else refused "$key: $(why)"; fi
    done <"$folder/keys"
}

# --- what is wanted -------------------------------------------------------------------------------------------------

while :; do
    case ${1:-} in
        --help) usage && exit 0 ;;
        --url | --username)
            if [ $# -lt 2 ]; then misused "$1 needs a value"; fi
            if [ "$1" = --url ]; then url=$2; else username=$2; fi
            shift 2
            ;;
        *) break ;;
    esac
done
command=${1:-}
if [ $# -gt 0 ]; then shift; fi
case $command:$# in
    upload:0 | direct:0 | download:0 | delete:0) misused "$command: of what?" ;;
    upload:* | direct:*) pictures "$@" ;;
    list:0 | download:* | delete:*) ;;
    *) misused "Say what to do." ;;
esac
if [ -z "$username" ]; then misused "Say who you are: --username or FRIENDER_USERNAME."; fi
if [ -z "${FRIENDER_PASSWORD:-}" ]; then misused "Set FRIENDER_PASSWORD."; fi

log_in
case $command in
    upload) upload ;;
    direct) direct ;;
    list) show ;;
    download)
        into=$1
        shift
        keys "$@"
        download
        ;;
    delete)
        if [ "$1" = --all ]; then keys; else keys "$@"; fi
        delete
        ;;
esac
exit $failed
