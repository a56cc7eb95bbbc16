#!/usr/bin/env bats
# The lessons behave as their lesson.ini says, and a lesson whose programs are swapped does not.

load helper

# The harness in place, with the lessons of this repository.
setup() {
    interleave=$project/build/interleave
}

@test "every lesson behaves as its lesson.ini says" {
    run "$interleave" check --fresh
    assert_success
}

@test "the transcripts in the lessons are what the harness prints now" {
    CHECK=1 run "$BATS_TEST_DIRNAME/../scripts/transcripts"
    assert_success
}

@test "broken programs in the place of the correct ones fail the check of every lesson" {
    for lesson in "$BATS_TEST_DIRNAME"/../lessons/[0-9]*; do
        swapped=$BATS_TEST_TMPDIR/$(basename "$lesson")
        mkdir -p "$swapped/lessons"
        cp "$project/lessons/must.h" "$swapped/lessons/"
        cp -r "$lesson" "$swapped/lessons/"
        here=$swapped/lessons/$(basename "$lesson")
        # The markers stay with the broken section: only the code moves.
        sed 's,/\* fault: .*\*/,,' "$lesson/broken.c" >"$here/correct.c"
        run "$interleave" check --lessons "$swapped/lessons" --engines native,tsan,asan --fresh
        assert_failure 1
        assert_output --partial "FAIL $(basename "$lesson")/correct.c"
        assert_output --partial "that is not expected"
    done
}
