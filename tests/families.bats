# The families of programs that the strategies are measured on (scripts/bench-strategies): of each the
# explorer finds the fault that its first line names, at a line that is marked, and replays it: in a number
# of schedules that does not depend on how fast or busy the machine is.

load helper

setup_file() {
    export found=$BATS_FILE_TMPDIR/found
    mkdir "$found" "$BATS_FILE_TMPDIR/build"
    cp -r "$project/build/interleave" "$project/build/linked" "$BATS_FILE_TMPDIR/build/"
    ln -s "$project/lessons" "$BATS_FILE_TMPDIR/lessons"
    cp -r "$project/tests/families" "$BATS_FILE_TMPDIR/"
    cd "$BATS_FILE_TMPDIR/families" || return
    # shellcheck disable=SC2016  # the inner shell's
    some | xargs -P "$(nproc)" -I{} sh -c \
        '../build/interleave explore --jobs 1 --schedules 1000 --budget 300 --format json {} >"$found/{}.json" 2>"$found/{}.err"; :'
}

setup() { cd "$BATS_FILE_TMPDIR/families" || return; }

# of_all CHECK PROGRAM...: fails with what was found in those programs for which the jq program CHECK is false.
of_all() {
    local check=$1 name failed=()
    shift
    for name; do
        jq -e --arg kinds "$(sed -n '1s|^/\* expect: \(.*\) \*/$|\1|p' "$name")" \
            --arg lines " $(grep -n '/\* fault: ' "$name" | cut -d: -f1 | paste -sd' ') " \
            ".programs[0] | $check" "$found/$name.json" >/dev/null || failed+=("$name: $(jq -c '.programs[0] | .verdict,
                (.faults[] | [.kind, .exploration.replayed, [.places[].line]])' "$found/$name.json" | paste -sd' ')")
    done
    ((${#failed[@]} == 0)) || printf '%s\n' "${failed[@]}" | fail
}

# Those that are judged: some of the wrong ones, and all right ones.
some() { { printf '%s\n' *.c | share && printf '%s\n' *-right.c; } | sort -u; }

wrong() { some | grep -v -e '-right\.c$'; }

@test "the fault of every family is found, and no other" {
    # shellcheck disable=SC2046  # names without blanks
    of_all '.verdict == "faulty" and all(.faults[]; .kind | IN($kinds | split("|")[]))' $(wrong)
}

@test "the fault of every family is found at a marked line" {
    # shellcheck disable=SC2046
    of_all 'any(.faults[]; any(.places[]; " \(.line) " as $line | $lines | contains($line)))' $(wrong)
}

@test "the schedule of every fault shows it again" {
    # shellcheck disable=SC2046
    of_all 'all(.faults[]; .exploration.replayed)' $(wrong)
}

@test "no right family is accused" { of_all '.verdict == "clean"' ./*-right.c; }
