# Programs that the harness was not written for: tests/programs/*.c and, of several files, tests/programs/*/.
# The first line of a program says what is expected of it: /* expect: clean */, or the kinds under which its
# one fault may be named, /* expect: data-race|use-after-free */. Faulty lines end in /* fault: KIND|KIND */.
# /* slow: WHY */ in the second line: the tools need longer than usual when the machine is busy.
# /* unjudged: TOOL */: that tool cannot run the program, so the verdict may be "cannot judge".
#
# All of them are judged once, several at a time; then each test looks at all verdicts, and lists the
# programs that fail. ONLY='pipe-*' bats tests/programs.bats takes these alone.

load helper

setup_file() {
    export verdicts=$BATS_FILE_TMPDIR/verdicts
    mkdir "$BATS_FILE_TMPDIR/build" "$verdicts"
    cp -r "$project/build/interleave" "$project/build/linked" "$BATS_FILE_TMPDIR/build/"
    ln -s "$project/lessons" "$BATS_FILE_TMPDIR/lessons"
    cp -r "$project/tests/programs" "$BATS_FILE_TMPDIR/"
    cd "$BATS_FILE_TMPDIR/programs" || return
    export -f judge_one files_of
    programs | xargs -P "$((2 * $(nproc)))" -I{} bash -c 'judge_one {}'
}

setup() { cd "$BATS_FILE_TMPDIR/programs" || return; }

# programs [SUFFIX]: their names, without .c
programs() {
    local path
    printf '%s\n' ${ONLY:-*} | share | while read -r path; do
        # shellcheck disable=SC2053  # a pattern
        [[ ${path%.c} != *-${1:-*} ]] || echo "${path%.c}"
    done
}

files_of() { if [[ -d $1 ]]; then ls "$1"/*.c; else echo "$1.c"; fi; }

judge_one() {
    local name=$1 files seconds=
    mapfile -t files < <(files_of "$name")
    # What never ends need not be awaited for the usual time.
    grep -q '^/\* expect: timeout \*/' "${files[@]}" && seconds="--timeout 1"
    grep -q '^/\* slow: ' "${files[@]}" && seconds="--timeout 40"
    judge() {
        # shellcheck disable=SC2086  # two words or none
        "$BATS_FILE_TMPDIR/build/interleave" run --format json $seconds "$@" "${files[@]}" \
            >"$verdicts/$name.json" 2>"$verdicts/$name.err"
        echo $? >"$verdicts/$name.status"
    }
    judge
    # The explorer's usual two seconds are few schedules on a slow or busy machine. These are as many on all.
    [[ $name != *-wrong || $(<"$verdicts/$name.status") != 0 ]] || judge --schedules 1000 --budget 300
}

# said NAME KEY: what the program says of itself, such as `said pipe-eof-wrong expect`.
said() { files_of "$1" | xargs sed -n "s|^/\* $2: \(.*\) \*/\$|\1|p" | head -n 1; }

# marks NAME: its faulty lines, "FILE:LINE KIND|KIND".
marks() { files_of "$1" | xargs grep -Hn '/\* fault: ' | sed 's|^\([^:]*:[0-9]*\):.*/\* fault: \(.*\) \*/.*|\1 \2|'; }

# found NAME: verdict, and each fault as "kind by engine at file:line, file:line"
found() {
    jq -r '.programs[0] | .verdict, (.faults[] | "    \(.kind) by \(.engine) at \([.places[] | "\(.file):\(.line)"] | join(", "))"),
        (.engines | to_entries[] | select(.value.outcome == "unavailable") | "    \(.key): \(.value.reason)")' \
        "$verdicts/$1.json" || cat "$verdicts/$1.err"
}

# of_all SUFFIX CHECK: fails with what was found in those programs for which CHECK NAME fails.
of_all() {
    local name failed=()
    for name in $(programs "$1"); do "$2" "$name" || failed+=("$name"); done
    ((${#failed[@]})) || return 0
    for name in "${failed[@]}"; do
        echo "$name: expected $(said "$name" expect) at $(marks "$name" | cut -d' ' -f1 | paste -sd' ')"
        echo "  but it is $(found "$name")"
    done | fail
}

has_status() { [[ $(jq -r '.programs[0].verdict' "$verdicts/$1.json") == "$2" && $(<"$verdicts/$1.status") == "$3" ]]; }

names_its_verdict() { [[ $1 == *-right && $(said "$1" expect) == clean || $1 == *-wrong && $(said "$1" expect) =~ ^[a-z|-]+$ ]]; }

@test "every program says what is expected of it" { of_all "*" names_its_verdict; }

is_clean() { has_status "$1" clean 0; }

# Clean, or unjudged since the tool that it names cannot run it and says so.
is_right() {
    is_clean "$1" && return
    local tool
    tool=$(said "$1" unjudged)
    [[ $tool ]] && has_status "$1" unjudged 2 &&
        [[ $(jq -r --arg tool "$tool" '.programs[0].engines[$tool].outcome' "$verdicts/$1.json") == unavailable ]]
}

@test "every right program is clean" { of_all right is_right; }

is_faulty() { has_status "$1" faulty 1; }

@test "every wrong program is faulty" { of_all wrong is_faulty; }

names_no_other() {
    jq -e --arg kinds "$(said "$1" expect)" \
        'all(.programs[0].faults[]; .kind as $kind | any($kinds | split("|")[]; . == $kind))' "$verdicts/$1.json" >/dev/null
}

@test "no wrong program is said to have a fault of another kind than its own" { of_all wrong names_no_other; }

# Faults of a kind that has no line need none: what is printed, how it ends, time.
names_a_mark() {
    jq -e --arg marks "$(marks "$1")" '
        ($marks | split("\n") | map(split(" ") | {line: .[0], kinds: (.[1] | split("|"))})) as $marks
        | .programs[0].faults | length == 0 or any(.[]; .kind as $kind
            | (.places == [] and ($kind | IN("wrong-output", "wrong-exit", "crash", "timeout", "output-limit")))
            or any(.places[]; "\(.file):\(.line)" as $line | any($marks[]; .line == $line and any(.kinds[]; . == $kind))))' \
        "$verdicts/$1.json" >/dev/null
}

@test "every fault found in a wrong program is found at a line that is marked for its kind" { of_all wrong names_a_mark; }
