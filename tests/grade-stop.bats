# interleave grade when it is stopped, split, started twice, or out of room: nothing is lost, judged twice or
# mixed up.

load helper
load grading

setup() { grading_setup; }

teardown() {
    [[ ! -v grader ]] || kill -9 "$grader" 2>/dev/null || true
    ! mountpoint -q disk || umount disk
}

records_are() { (($(records) >= $1)); }
held_are() { [[ -e held ]] && (($(wc -l <held) >= $1)); }

# Each record with what changes when it is written again.
stamp_records() { find out/records -name '*.json' -printf '%i %T@ %p\n' | sort; }

class_of() { # COUNT: so many students, whose files differ
    local i
    for ((i = 1; i <= $1; i++)); do broken "class/s$i/07-votes.c" "$i"; done
}

# As many students as it takes for both of two shards to have something.
class_for_two_shards() {
    local count
    for ((count = 2; ; count++)); do
        class_of "$count"
        grade class --plan --out plan --fresh
        shards=$(jq -r 'select(.key) | .key[0:8]' plan/worklist.jsonl | while read -r key; do echo $((16#$key % 2)); done | sort | uniq -c | xargs)
        # shellcheck disable=SC2034 # of shard 2
        read -r _ _ second _ <<<"$shards"
        [[ -z $second ]] || return 0
    done
}

verdicts() { names_shown | while read -r student; do verdict_of "$student" 7; done | sort | uniq -c | xargs; }

# The processes that judge, one for each pair.
pairs_at_work() { pgrep -P "$grader" -f grade-pair; }
grading_ends() { # STATUS
    local status=0
    wait "$grader" || status=$?
    assert_equal "$status" "$1"
}
some_at_work() { [[ -n $(pairs_at_work) ]]; }

@test "kill -9 of the grader loses no verdict and leaves no process, and --resume judges the rest" {
    local done
    class_of 6
    slow_compiler
    for done in 1 3 5; do
        let_through "$done"
        start_grading class --resume
        wait_until records_are "$done"
        kill -9 "$grader"
        wait "$grader" || true
        wait_until no_children_left
        stamp_records >before
        assert_equal "$(records)" "$done"
        assert_equal "$(grep -rL '"sum"' out/records --include '*.json')" ""
    done
    let_through
    grade class --resume
    assert_equal "$status" 1
    stamp_records >after
    comm -23 before after >again
    assert_equal "$(cat again)" ""
    assert_equal "$(verdicts)" "6 faulty"
    assert_file_exists out/books/grades.json
}

@test "kill -9 while pairs are judged leaves none of them, and what they left is removed by the next grading" {
    class_of 3
    slow_compiler
    start_grading class
    wait_until held_are 2
    kill -9 "$grader"
    wait "$grader" || true
    wait_until no_children_left
    assert_equal "$(records)" 0
    assert_equal "$(find ../build -maxdepth 1 -name 'work-*' | wc -l)" 1
    unset INTERLEAVE_CC
    grade class --resume
    assert_equal "$(verdicts)" "3 faulty"
    assert_equal "$(find ../build -maxdepth 1 -name 'work-*' | wc -l)" 0
}

@test "a pair that is killed is judged again, and its verdict is the same" {
    class_of 2
    slow_compiler
    start_grading class
    wait_until held_are 2
    # shellcheck disable=SC2046 # several
    kill -9 $(pairs_at_work)
    wait_until held_are 4
    let_through
    grading_ends 1
    assert_equal "$(verdicts)" "2 faulty"
    assert_no_children_left
}

@test "a pair that is killed each time is for a person, never a zero, and is tried again by --resume" {
    local try
    class_of 1
    slow_compiler
    start_grading class
    for try in 1 2 3; do
        wait_until held_are "$try"
        wait_until some_at_work
        kill -9 "$(pairs_at_work)"
    done
    grading_ends 2
    assert_equal "$(verdict_of s1 7)" unjudged
    assert_equal "$(record_of s1 7 | jq -r .reason)" "the process that judged it was ended by signal 9"
    assert_file_contains grading.out "s1, lesson 7: the process that judged it was ended by signal 9"
    "$project/tests/records.py" "$project/docs" out
    let_through
    grade class --resume
    assert_equal "$(verdicts)" "1 faulty"
}

@test "a signal stops the grading cleanly: it says how far it is, and no process is left" {
    local signal
    class_of 2
    slow_compiler
    for signal in INT TERM HUP; do
        rm -f held
        start_grading class --resume
        wait_until held_are 2
        kill -"$signal" "$grader"
        grading_ends $((128 + $(kill -l "$signal")))
        assert_file_contains grading.err "stopped; 0 of 2 verdicts are written, go on with --resume"
        assert_no_children_left
        assert_equal "$(find ../build -maxdepth 1 -name 'work-*' | wc -l)" 0
    done
}

@test "a record that was half written, or changed, is not believed: it is missing, and judged again" {
    local first second
    class_of 3
    grade class
    mapfile -t files < <(find out/records -name '*.json' | sort)
    head -c 100 "${files[0]}" >half && cp half "${files[0]}"
    sed -i 's/"faulty"/"correct"/' "${files[1]}"
    grade --gather
    assert_refused "2 of 3 verdicts are missing" --resume
    grade class --resume
    assert_equal "$(verdicts)" "3 faulty"
}

@test "an error of ours is tried three times, then the submission is for a person" {
    class_of 1
    cat >broken-clang <<E
#!/bin/bash
echo x >>$PWD/tries
kill -9 \$\$
E
    chmod +x broken-clang
    INTERLEAVE_CC=$PWD/broken-clang grade class
    assert_equal "$status" 2
    assert_equal "$(verdict_of s1 7)" unjudged
    assert_contains "$output" "For a person to look at:"
    assert_contains "$(cat out/books/grades.csv)" s1
}

# Two at once

@test "two graders in one directory are refused, and it is said who holds it; a dead one holds nothing" {
    class_of 1
    slow_compiler
    start_grading class
    wait_until held_are 1
    grade class --resume
    assert_refused "out/lock is held by process $grader on"
    grade --gather
    assert_refused "out/lock is held by process $grader on"
    grade class --shard 1/2
    assert_refused "out/lock is held by process $grader on"
    kill -9 "$grader"
    wait "$grader" || true
    unset INTERLEAVE_CC
    grade class --resume
    assert_equal "$(verdicts)" "1 faulty"
}

@test "shards share a directory: equal files are judged by one, and what is missing is named before it is gathered" {
    class_for_two_shards
    broken class/twin/07-votes.c 1
    local all missing
    all=$(($(find class -name '*.c' | wc -l)))
    grade class --shard 1/2
    missing=$(keys | while read -r key; do [[ -e out/records/${key:0:2}/$key.json ]] || echo; done | wc -l)
    ((missing > 0 && missing < all)) || fail "shard 1 judged all but $missing of $all"
    assert_file_not_exists out/books/grades.json
    grade --gather
    assert_refused "$missing of $all verdicts are missing: $missing of shard 2/2; judge them with --shard"
    grade class --shard 2/2
    assert_equal "$(records)" $((all - 1))
    grade --gather
    assert_equal "$status" 1
    assert_equal "$(verdicts)" "$all faulty"
    cp out/books/grades.json once
    grade --gather
    cmp once out/books/grades.json
}

@test "shards that were judged on machines without a shared disk are gathered, however often" {
    class_for_two_shards
    local all
    all=$(($(find class -name '*.c' | wc -l)))
    grade class --shard 1/2 --out one
    grade class --shard 2/2 --out two
    grade --gather --from one
    assert_refused "verdicts are missing" "of shard 2/2"
    grade --gather --from one --from two
    assert_equal "$status" 1
    assert_equal "$(verdicts)" "$all faulty"
    assert_file_exists "out/$(record_of s1 7 | jq -r .evidence)/exercise.c"
    cp out/books/grades.json once
    grade --gather --from two --from one
    cmp once out/books/grades.json
    broken class/more/07-votes.c 5
    grade class --shard 1/2 --out three
    grade --gather --from three
    assert_refused "out and three are not of the same grading"
}

@test "a shard goes on after it was killed" {
    class_of 4
    slow_compiler
    start_grading class --shard 1/1
    wait_until held_are 1
    kill -9 "$grader"
    wait "$grader" || true
    let_through
    grade class --shard 1/1
    assert_equal "$(verdicts)" "4 faulty"
}

# No room

@test "a full disk stops the grading with a sentence, and --resume goes on once there is room" {
    now_and_then
    mkdir disk
    mount -t tmpfs -o size=192k none disk 2>/dev/null || skip "a file system cannot be mounted here"
    class_of 40
    grade class --out disk/out
    assert_equal "$status" 2
    assert_says "No space left on device; make room, then go on with --resume"
    assert_no_children_left
    cp -a disk/out kept
    mount -o remount,size=16m disk
    grade class --out disk/out --resume
    assert_equal "$status" 1
    ln -s disk/out out
    assert_equal "$(verdicts)" "40 faulty"
    # What was believed before is still there.
    diff -r kept/records disk/out/records | grep -v '^Only in disk' >differences || true
    assert_equal "$(cat differences)" ""
}

# What is seen meanwhile

@test "on a terminal one line tells how far it is, what is faulty, and what is left" {
    class_of 3
    run script -qec "stty cols 100; $interleave grade class --lessons lessons --out out --unsafe-no-sandbox" /dev/null
    assert_output --regexp '\[[12]/3\] [12] faulty, 0 refused, 0 unjudged, [0-9.]+ a minute, [0-9a-z ]+ left'
    assert_output --partial "3 submissions of 3 students: 0 correct, 3 faulty"
}

@test "where there is no terminal, no line renews itself" {
    class_of 2
    grade class
    assert_equal "$stderr" ""
    run ! grep -q $'\r\\|\x1b' <<<"$output"
}

@test "a harness or a course that changes meanwhile puts no verdict under a key that is not its own" {
    class_of 3
    slow_compiler
    start_grading class
    wait_until held_are 2
    echo "/* changed */" >>lessons/07-votes/drive.c
    let_through
    grading_ends 2
    assert_file_contains grading.err "lesson 7, its drivers or the harness are not those that the worklist was written for"
    keys | sort >before
    grade class --resume
    assert_equal "$(verdicts)" "3 faulty"
    assert_equal "$(keys | sort | comm -12 - before)" ""
    grade class --shard 1/2 --seeds 5
    assert_refused "was begun with other seeds"
}
