# Repairs of the exercises that students really write: tests/submissions/NN-slug/wrong-*.c must be refused for
# the right reason, right-*.c must pass. A file says in a line of its own what its verdict is:
#     /* verdict: clean */                  or the kinds that may be found: at least one is, and no other
# and a line where a fault shows ends in /* fault: KIND|KIND */. What only the driver sees has no mark.
#
# Also: without any one of its calls that synchronise, the reference solution of an exercise is faulty.
#
# All are judged once, several at a time; then each test looks at all verdicts and lists those that fail.
# ONLY='07-*' bats tests/submissions.bats takes the exercises of lesson 7 alone.

load helper

setup_file() {
    export verdicts=$BATS_FILE_TMPDIR/verdicts
    mkdir "$BATS_FILE_TMPDIR/build" "$verdicts"
    cp -r "$project"/build/interleave* "$project/build/linked" "$BATS_FILE_TMPDIR/build/"
    ln -s "$project/lessons" "$project/solutions" "$BATS_FILE_TMPDIR/"
    cp -r "$project/tests/submissions" "$BATS_FILE_TMPDIR/"
    mkdir "$BATS_FILE_TMPDIR/without"
    cd "$BATS_FILE_TMPDIR" || return
    local solution
    for solution in solutions/${ONLY:-*}/exercise.c; do take_calls_out "$solution"; done
    export -f judge_one
    { submissions | sed 's/$/ --engines native,tsan,asan,helgrind,explore/' && without | sed 's/$/ --engines native,explore/'; } |
        xargs -P "$((2 * $(nproc)))" -L1 bash -c 'judge_one "$@"' judge
}

setup() { cd "$BATS_FILE_TMPDIR" || return; }

# submissions [PATTERN]: the files with that name, of those that are judged
submissions() {
    local file
    printf '%s\n' submissions/${ONLY:-*}/*.c | share | while read -r file; do
        # shellcheck disable=SC2053  # a pattern
        [[ $(basename "$file") != ${1:-*}.c ]] || echo "$file"
    done
}

without() { find without -name '*.c' | sort | share; }

# Names of files begin with the number of their lesson: the second part of the path.
judge_one() { # FILE OPTION…
    local lesson=${1#*/} verdict=$verdicts/${1//\//,}
    "$BATS_FILE_TMPDIR/build/interleave" exercise "${lesson%%-*}" "$1" --format json "${@:2}" >"$verdict.json" 2>"$verdict.err" || true # the verdict is what counts
}

# take_calls_out SOLUTION: into without/NN-slug/, one file for each call that synchronises, without that call;
# and one for each memory order, with a relaxed one.
take_calls_out() {
    local slug number
    slug=$(basename "$(dirname "$1")")
    mkdir -p "without/$slug"
    while read -r number; do
        sed "${number}s/^\( *\).*;/\1;/" "$1" >"without/$slug/$number-call.c"
    done < <(grep -nE '^ *(must(_errno)?\()?[a-z_]*(lock|unlock|wait|post|signal|broadcast|join|acquire|release|retain)\(.*\);' "$1" |
        grep -vE '_(init|destroy)\(' | cut -d: -f1)
    while read -r number; do
        sed "${number}s/memory_order_\(acquire\|release\|acq_rel\|seq_cst\)/memory_order_relaxed/g" "$1" >"without/$slug/$number-order.c"
    done < <(grep -nE 'memory_order_(acquire|release|acq_rel|seq_cst)' "$1" | cut -d: -f1)
}

verdict_of() { jq -r '.programs[0].verdict' "$verdicts/${1//\//,}.json"; }
kinds_of() { jq -r '[.programs[0].faults[].kind] | unique | .[]' "$verdicts/${1//\//,}.json"; }
places_of() { jq -r '.programs[0].faults[] | .kind as $kind | .places[] | "\($kind) \(.file | split("/") | last):\(.line)"' "$verdicts/${1//\//,}.json"; }

# found FILE: for a person
found() {
    jq -r '.programs[0] | .verdict, (.faults[] | "    \(.kind) by \(.engine) at \([.places[] | "\(.file):\(.line)"] | join(", ")): \(.message)"),
        (.engines | to_entries[] | select(.value.outcome == "unavailable") | "    \(.key): \(.value.reason)")' \
        "$verdicts/${1//\//,}.json" || cat "$verdicts/${1//\//,}.err"
}

said() { sed -n 's|^/\* verdict: \(.*\) \*/$|\1|p' "$1" | head -n 1; }

# of_all CHECK FILE…: fails with what was found in those files for which CHECK fails.
of_all() {
    local file failed=()
    for file in "${@:2}"; do
        "$1" "$file" || failed+=("$file")
    done
    ((${#failed[@]})) || return 0
    for file in "${failed[@]}"; do
        echo "$file: expected $(said "$file"); it is $(found "$file")"
    done | fail
}

@test "every exercise has at least three wrong repairs and a right one, and each says what it is" {
    local lesson file failed=""
    for lesson in "$project"/lessons/${ONLY:-[0-9]*}/; do
        lesson=$(basename "$lesson")
        (($(compgen -G "submissions/$lesson/wrong-*.c" | wc -l) >= 3)) || failed+="$lesson: fewer than three wrong-*.c"$'\n'
        compgen -G "submissions/$lesson/right-*.c" >/dev/null || failed+="$lesson: no right-*.c"$'\n'
    done
    for file in $(submissions); do
        case $(basename "$file") in
        wrong-*) [[ $(said "$file") =~ ^[a-z\ -]+$ && $(said "$file") != clean ]] ;;
        right-*) [[ $(said "$file") == clean ]] ;;
        *) false ;;
        esac || failed+="$file: its name and its verdict do not fit"$'\n'
    done
    [[ -z $failed ]] || fail "$failed"
}

is_clean() { [[ $(verdict_of "$1") == clean ]]; }

@test "every right repair passes, though it differs from the reference" {
    mapfile -t files < <(submissions 'right-*')
    of_all is_clean "${files[@]}"
    local file
    for file in "${files[@]}"; do
        lesson=${file#*/}
        run ! diff -q "$file" "solutions/${lesson%%/*}/exercise.c"
    done
}

# Faulty, of kinds that it says alone.
is_refused_for_its_reason() {
    local kind
    [[ $(verdict_of "$1") == faulty ]] || return
    for kind in $(kinds_of "$1"); do [[ " $(said "$1") " == *" $kind "* ]] || return; done
}

@test "every wrong repair is refused, and for no other reason than it says" {
    mapfile -t files < <(submissions 'wrong-*')
    of_all is_refused_for_its_reason "${files[@]}"
}

# Where lines are marked, a fault of a marked kind is at such a line.
is_found_where_it_is() {
    local line kinds kind marked=0
    while IFS=: read -r line kinds; do
        marked=1
        for kind in ${kinds//|/ }; do
            places_of "$1" | grep -qx "$kind $(basename "$1"):$line" && return
        done
    done < <(grep -n '/\* fault: ' "$1" | sed 's|^\([0-9]*\):.*/\* fault: \(.*\) \*/.*|\1:\2|')
    ((!marked))
}

@test "every wrong repair is refused at a line that it marks" {
    mapfile -t files < <(submissions 'wrong-*')
    of_all is_found_where_it_is "${files[@]}"
}

is_faulty() { [[ $(verdict_of "$1") == faulty ]] && ! kinds_of "$1" | grep -qx compile-error; }

@test "no call that synchronises, and no memory order, can be left out of a solution unnoticed" {
    mapfile -t files < <(without)
    # One lesson alone may have none: what it calls is its own.
    [[ ${ONLY:-} ]] || ((${#files[@]} >= $(printf '%s\n' solutions/*/ | share | wc -l))) || fail "only ${#files[@]} calls were taken out"
    of_all is_faulty "${files[@]}"
}
