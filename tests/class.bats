# A class (tests/class/make) is graded as a whole, and the grader is killed twice in the middle: with kill -9, at moments
# that the seed chooses. What is resumed must end as if nothing had happened.
#
# SIZE=200 SEED=1 bats tests/class.bats for another class; `make test-class` takes one of 200, and all usual seeds.

load helper
load whole_class

setup_file() {
    is_of_share class || return 0
    cd "$BATS_FILE_TMPDIR" || return
    harness_of_the_file
    make_reaper
    export SIZE=${SIZE:-12} SEED=${SEED:-6}
    local seeds=(--seeds "${SEEDS:-1}")
    "$project/tests/class/make" . "$SIZE" "$SEED"
    RANDOM=$SEED
    {
        graded_until $((1 + RANDOM % (SIZE / 3))) 1
        graded_until $((SIZE / 3 + RANDOM % (SIZE / 3))) 2
        ./reaper left.txt "$interleave" grade class --out killed "${seeds[@]}" --resume >killed.txt 2>&1 3>&- || echo $? >killed.status
    }
    "$interleave" grade class --out whole "${seeds[@]}" >whole.txt 2>&1 3>&- || echo $? >whole.status
    local out
    for out in killed whole; do verdicts_in "$out" >"$out.tsv" || true; done
}

setup() {
    now_and_then class
    cd "$BATS_FILE_TMPDIR" || return
}

records() { find "$1/records" -name '*.json' 2>/dev/null | wc -l; }

# graded_until RECORDS TIME: grades, and is killed when so many verdicts are there; then notes which there are. The
# first time the conductor alone is killed, the second time all of its group at once.
graded_until() {
    setsid "$interleave" grade class --out killed "${seeds[@]}" --resume >"killed.$2.txt" 2>&1 3>&- &
    local grader=$!
    until (($(records killed) >= $1)) || ! kill -0 "$grader" 2>/dev/null; do sleep 0.2; done
    if (($2 == 1)); then kill -KILL "$grader"; else kill -KILL -- "-$grader"; fi
    wait "$grader" || echo $? >"killed.$2.status"
    find killed/records -name '*.json' -printf '%p %i %s %T@\n' | sort >"killed.$2.records"
}

verdict_of() { awk -F '\t' -v tag="$2" '$1 ~ tag { print $4; found = 1; exit } END { if (!found) print "missing" }' "$1.tsv"; }

@test "it was killed twice, before it was ready" {
    assert_equal "$(cat killed.1.status killed.2.status | xargs)" "137 137"
    (($(wc -l <killed.2.records) < $(records killed))) || fail "all was graded before it was killed"
    (($(wc -l <killed.1.records) < $(wc -l <killed.2.records))) || fail "nothing was graded between"
}

@test "every program of a class gets the verdict that it must get" {
    local tag lesson expected failed=""
    while IFS=$'\t' read -r tag lesson expected; do
        is_one_of "$(verdict_of killed "$tag")" "$expected" ||
            failed+="$tag, $lesson: expected $expected, it is $(verdict_of killed "$tag")"$'\n'
    done <expected.tsv
    [[ -z $failed ]] || fail "$failed"
}

@test "a verdict that was there when the grader was killed is not made again" {
    local time
    for time in 1 2; do
        find killed/records -name '*.json' -printf '%p %i %s %T@\n' | sort | comm -13 - "killed.$time.records" >"again.$time"
        assert_equal "$(cat "again.$time")" ""
    done
}

@test "each program was judged once, copies of it not at all" {
    assert_equal "$(records killed)" "$(find told -name '*.c' -exec md5sum {} + | cut -c-32 | sort -u | wc -l)"
}

@test "a class that was killed and resumed has the same books as one that was graded at once" {
    run diff killed.tsv whole.tsv
    assert_equal "$output" ""
    run diff <(points killed) <(points whole)
    assert_equal "$output" ""
    assert_equal "$(cat killed.status)" "$(cat whole.status)"
}

points() { cat "$1/grades.csv"; }

@test "nothing that was started for the class is still running, and nothing was left behind" {
    assert_equal "$(cat left.txt)" ""
    assert_equal "$(find scratch -mindepth 1 | head)" ""
}
