#!/usr/bin/env bats
# The picture of a schedule, looked at in a real browser: picture/browse.mjs has the checks.
load helper

# browse CHECK: of ./p.html.
browse() {
    run node "$BATS_TEST_DIRNAME/picture/browse.mjs" "$PWD/p.html" "$1"
    assert_success
}

# picture ARGUMENT...: of a program of tests/picture, or of an exercise, in ./p.html.
picture() {
    [[ -e $1 || ! -e $BATS_TEST_DIRNAME/picture/$1 ]] || cp "$BATS_TEST_DIRNAME"/picture/*.c .
    run --separate-stderr "$interleave" picture "$@" --output p.html
}

@test "a race is two accesses that nothing joins" {
    picture race.c
    assert_equal "$status" 1
    assert_contains "$output" "data-race"
    assert_contains "$output" "file://$(realpath p.html)"
    browse race
}

@test "a deadlock is the circle that it is, and its waits have no end" {
    picture deadlock.c
    browse deadlock
    browse lanes
}

@test "a stuck wait ends at nobody" {
    picture stuck.c
    browse stuck
}

@test "a lock held for reading looks another way, and many may hold it" {
    picture readers.c
    assert_equal "$status" 0
    browse readers
}

@test "keys, buttons and clicks go from step to step" {
    picture deadlock.c
    browse walk
}

@test "a picture plays, pauses, and stops at the end" {
    picture deadlock.c
    browse play
}

@test "help lists the keys, which are its own while it is open" {
    picture race.c
    browse help
}

@test "all that acts is reached by the keyboard, has a name, and shows the focus" {
    picture race.c
    browse focus
}

@test "a slider goes over the schedules that were tried, failing and passing" {
    picture deadlock.c
    browse slider
}

@test "a clean program: some of the schedules, none of which failed" {
    picture clean.c
    assert_equal "$status" 0
    assert_contains "$output" "No schedule that was tried has a fault"
    browse clean
}

@test "only the schedule that is given" {
    picture deadlock.c
    run "$interleave" explore deadlock.c --format json
    schedule=$(field '.programs[0].faults[0].exploration.schedule')
    picture deadlock.c --schedule "$schedule"
    assert_equal "$status" 1
    browse deadlock
    run "$interleave" explore deadlock.c --format json --samples 24
    schedule=$(field '[.programs[0].engines.explore.exploration.tried[] | select(.ended == "clean")][0].schedule')
    picture deadlock.c --schedule "$schedule"
    assert_equal "$status" 0
    browse replayed
}

@test "several faults can be chosen from" {
    picture 2
    browse faults
}

@test "each file of the program has a tab" {
    picture main.c other.c
    browse files
}

@test "whatever stands in a program or in its name is text" {
    {
        printf '// </script><script>window.harm = 1</script>\n// <!-- <script>\n'
        printf '// \u2028 \u202e <img src=x onerror="window.harm=2">\n'
        cat "$BATS_TEST_DIRNAME/picture/race.c"
    } >'<img src=x onerror=harm=3>.c'
    picture '<img src=x onerror=harm=3>.c'
    assert_equal "$status" 1
    browse hostile
}

@test "light and dark, as the reader's system is" {
    picture race.c
    browse schemes
}

@test "a phone's window has room for a picture" {
    picture deadlock.c
    browse narrow
}

@test "printed, all rows are on white paper" {
    picture deadlock.c
    browse print
}

@test "of ten thousand steps only those in view exist, and a print says where it is cut" {
    now_and_then
    picture long.c
    browse long
    browse print
}

@test "the usual file lies in the harness's own build, named after the exercise or the program" {
    cp "$BATS_TEST_DIRNAME/picture/race.c" .
    run "$interleave" picture race.c
    assert_equal "$status" 1
    assert_file_exists "$BATS_TEST_TMPDIR/build/picture-race.html"
    run "$interleave" picture 7
    assert_equal "$status" 1
    assert_file_exists "$BATS_TEST_TMPDIR/build/picture-7.html"
    run "$interleave" picture 7 "$project/solutions/07-lock-order/exercise.c"
    assert_equal "$status" 0
    run cat "$BATS_TEST_TMPDIR/build/picture-7.html"
    assert_output --partial "solutions/07-lock-order/exercise.c"
}

@test "a picture replaces an older one, and nothing else" {
    picture race.c
    picture race.c
    assert_equal "$status" 1
    echo "my own" >p.html
    picture race.c
    assert_refused "p.html" "not a picture" "--output"
    assert_equal "$(cat p.html)" "my own"
    mkdir directory
    run --separate-stderr "$interleave" picture race.c --output directory
    assert_refused "directory" "not a regular file"
    ln -s race.c link.html
    run --separate-stderr "$interleave" picture race.c --output link.html
    assert_refused "link.html" "not a regular file"
    run --separate-stderr "$interleave" picture race.c --output nowhere/p.html
    assert_refused "nowhere/p.html" "No such file or directory"
}

@test "a program that cannot be explored has no picture, and the reason is said" {
    picture sometimes.c # it forks, on some schedules only
    assert_refused "sometimes.c" "cannot be explored" "fork"
    assert_file_not_exists p.html
    echo 'int main(void) { return count; }' >wrong.c
    picture wrong.c
    assert_refused "wrong.c:1" "does not compile"
    picture race.c --schedule 00000000::00
    assert_refused "race.c" "cannot be explored"
    assert_file_not_exists p.html
}

@test "what is no program or lesson has no picture" {
    picture
    assert_refused "picture wants the number of a lesson"
    picture 99
    assert_refused "there is no lesson 99"
    picture absent.c
    assert_refused "absent.c"
    assert_file_not_exists p.html
}
