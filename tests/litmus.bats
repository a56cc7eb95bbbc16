# Small programs of which all results are known (tests/litmus/). The first comment of each lists them:
#   results:      each as it is printed, or the kind of the one fault
#   preemptions:  the bound up to which the search is tried; without it, it must be exhaustive
#   schedules:    how many there are at each bound without the reduction; the text derives the last

load helper

litmus=$BATS_TEST_DIRNAME/litmus

# wanted NAME KEY: the value in the program's first comment; the results one a line, sorted.
wanted() { sed -n "1,4s,^\(/\*\|  \) *$2: ,,p" "$litmus/$1.c"; }
wanted_results() { wanted "$1" results | grep -o '"[^"]*"' | tr -d '"' | sort; }

explore_litmus() { # NAME PREEMPTIONS
    run --separate-stderr "$interleave" explore --fresh --strategy bounded --jobs 1 --budget 60 \
        --preemptions "$2" --keep kept --format json "$litmus/$1.c"
}

found_results() {
    jq -r '.programs[0].engines.explore.exploration.endings[].output | rtrimstr("\n")' <<<"$output" | sort
}

assert_results() { # NAME...: exactly these, and all schedules where that is said
    local name bound
    for name; do
        bound=$(wanted "$name" preemptions)
        explore_litmus "$name" "${bound:-15}"
        assert_equal "$name: $(found_results)" "$name: $(wanted_results "$name")"
        assert_equal "$name: $status" "$name: 0"
        [[ $bound ]] || assert_equal "$name: $(field .programs[0].engines.explore.exploration.exhaustive)" "$name: true"
        [[ ! $bound ]] || assert_equal "$name: $(field .programs[0].engines.explore.exploration.bounds_done)" "$name: $((bound + 1))"
        rm -rf kept
    done
}

# Without the reduction: the numbers of schedules are what can be calculated, and the results the same.
assert_counts() { # NAME...
    local name
    for name; do
        explore_litmus "$name" 15
        sed "s,^report .*,report $PWD/report," kept/*/explore/run-1/settings >settings
        echo "reduction 0" >>settings
        env INTERLEAVE_EXPLORE=settings "$(echo kept/*/build/explore)" </dev/null
        assert_equal "$name: $(jq -r 'select(.summary) | .summary.by_bound | map(tostring) | join(" ")' report)" \
            "$name: $(wanted "$name" schedules)"
        assert_equal "$(jq -r 'select(.ending != null) | .ending | rtrimstr("\n")' report | sort)" \
            "$(wanted_results "$name")"
        rm -rf kept
    done
}

@test "every program says what its results are, and has a test here" {
    local file name
    for file in "$litmus"/*.c; do
        name=$(basename "$file" .c)
        [[ $(wanted "$name" results) ]] || fail "$name: no results"
        sed 1,40d "$BATS_TEST_FILENAME" | grep -qE "[ (]$name( |$|\")" || fail "$name: no test"
    done
}

@test "all results of two threads that store and load are found, and no other" {
    assert_results store-buffering message-passing load-buffering coherence two-writers lost-update
}

@test "all results of three threads and more are found, and no other" {
    assert_results iriw twins-and-witness fetch-add two-creators
}

@test "all results of compare-and-exchange are found, and no other" {
    assert_results cas-race lock-free-counter
}

@test "Dekker and Peterson let one in" {
    assert_results dekker peterson
}

@test "a mutex goes to any that comes, and a try may fail" {
    assert_results mutex-order mutex-barging try-lock timed-lock locks-with-gate
}

@test "a loop is put aside only where it would go on in vain" {
    assert_results try-three-times yield spin lock-poll
}

@test "a condition wakes in any order, and without a cause" {
    assert_results cond-signal cond-broadcast spurious-wake-up
}

@test "a timed wait is signalled or times out, and gives its mutex up meanwhile" {
    assert_results timed-wait patient-wait wait-gives-up
}

@test "a sleep may end late, never early, and no two readings of the clock are the same" {
    assert_results sleep-order sleep-never-early clock-order
}

@test "threads end in any order, and main before them" {
    assert_results join-order exit-early exit-of-main-thread key-destructors
}

@test "two locks in both orders hang where no third one is around them" {
    explore_litmus locks-without-gate 15
    assert_equal "$status" 1
    assert_kinds "$(wanted locks-without-gate results)"
}

@test "at every bound there are as many schedules as can be calculated" {
    assert_counts store-buffering message-passing load-buffering coherence two-writers lost-update
    assert_counts cas-race clock-order fetch-add
}
