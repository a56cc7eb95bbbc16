# scripts/grade-parallel: GNU parallel grades as one machine alone does. With a real sshd: tests/parallel/.

load helper
load class

setup() {
    own_harness
    mkdir -p "$BATS_TEST_TMPDIR/scripts"
    cp "$project/scripts/grade-parallel" "$BATS_TEST_TMPDIR/scripts/"
    grade_parallel=$BATS_TEST_TMPDIR/scripts/grade-parallel
}

# A harness that only notes its words, and cannot judge the shard in ./failing.
noting_harness() {
    cat >"$BATS_TEST_TMPDIR/build/interleave" <<'X'
#!/bin/bash
here=${BASH_SOURCE[0]%/build/*}/here
{ printf '[%s]' "$@" && echo; } >>"$here/noted"
[[ ! -e $here/failing || " $* " != *" --shard $(<"$here/failing")/"* ]] || exit 2
[[ $* == *--plan ]]
X
}

# ssh that gives the words to another shell in an empty environment, as sshd does.
fake_ssh() {
    fake_tool ssh <<'X'
#!/bin/sh
while [ "$1" != -- ]; do shift; done
shift
exec env -i PATH=/usr/bin:/bin HOME="$HOME" SHELL=/bin/sh sh -c "$*"
X
}

@test "a class graded by parallel has the books of one graded whole" {
    now_and_then
    small_class class
    run "$interleave" grade class --out whole --lesson 2 --seeds 1
    assert_failure 1
    run --separate-stderr "$grade_parallel" class split 3 --lesson 2 --seeds 1
    assert_failure 1
    assert_equal "$(records split)" "$(records whole)"
    assert_equal "$(<split/grades.csv)" "$(<whole/grades.csv)"
    assert_no_children_left
}

@test "whatever the folders are called, the harness gets them unchanged, here and by ssh" {
    noting_harness
    fake_ssh
    local odd=$'s "x" \'y\' {} {= print 1 =} {#} $(touch bad) `touch bad` \\n *' place
    mkdir -p -- "$odd"
    for place in "" "--sshlogin other"; do
        rm -f noted
        # shellcheck disable=SC2086  # words
        run "$grade_parallel" $place "$odd" "-o ut" 2 --lesson 7
        assert_failure 1
        assert_equal "$(sort noted)" "$(sort <<<"[grade][$PWD/$odd][--out][$PWD/-o ut][--lesson][7][--resume][--plan]
[grade][$PWD/$odd][--out][$PWD/-o ut][--lesson][7][--resume][--jobs][1][--shard][1/2]
[grade][$PWD/$odd][--out][$PWD/-o ut][--lesson][7][--resume][--jobs][1][--shard][2/2]
[grade][$PWD/$odd][--out][$PWD/-o ut][--lesson][7][--gather]")"
        assert_not_exists bad
    done
}

@test "the same command again does only the shards that failed, and then gathers" {
    noting_harness
    mkdir class
    echo 2 >failing
    run "$grade_parallel" class out 3
    assert_contains "$output" "1 shards failed"
    rm failing noted
    run "$grade_parallel" class out 3
    assert_failure 1
    assert_equal "$(grep -o '\[--shard\].*' noted)" "[--shard][2/3]"
    rm noted
    run "$grade_parallel" class out 3
    assert_equal "$(grep -c '\[--shard\]' noted)" 3
}

@test "without GNU parallel it says so, also where another program has its name" {
    fake_tool parallel <<'X'
#!/bin/sh
echo "parallel from moreutils" >&2
exit 1
X
    mkdir class
    run "$grade_parallel" class out
    assert_failure 2
    assert_contains "$output" "scripts/setup parallel"
}
