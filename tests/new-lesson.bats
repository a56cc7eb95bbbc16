# scripts/new-lesson makes all that a lesson has, to be filled in; until then a check refuses it.

load helper

setup() {
    own_harness
    mkdir lessons
    cp "$project"/lessons/*.h lessons/
}

make_lesson() { run "$project/scripts/new-lesson" "$@"; }
check() { run --separate-stderr "$interleave" check --lessons lessons "$@"; }

@test "a new lesson has every file that a lesson has, with its solution and submissions" {
    make_lesson 9 rwlock-map lessons
    assert_success
    assert_equal "$(ls lessons/09-rwlock-map)" "$(ls "$project/lessons/19-publish")"
    assert_file_exists solutions/09-rwlock-map/exercise.c
    assert_files_equal solutions/09-rwlock-map/shipped.c lessons/09-rwlock-map/exercise.c
    assert_equal "$(compgen -G 'tests/submissions/09-rwlock-map/wrong-*.c' | wc -l)" 3
    assert_equal "$(compgen -G 'tests/submissions/09-rwlock-map/right-*.c' | wc -l)" 1
    assert_equal "$(grep -rl '@' lessons/09-rwlock-map solutions tests)" ""
    assert_equal "$(grep -rL TODO lessons/09-rwlock-map solutions tests)" ""
    run grep '^<!-- t\|^## ' lessons/09-rwlock-map/README.md
    assert_output '## Predict
## Run
<!-- transcript: interleave lesson 9 -->
<!-- table: interleave check 9 --format markdown -->
## Why
## Fix
## In Rust
## Practice'
}

@test "a check names each TODO of lesson.ini and of the marks by file and line, until none is left" {
    make_lesson 9 rwlock-map lessons
    local place named=0
    for ((;; named++)); do
        check --engines native
        ((status == 2)) || break
        place=$(grep -o 'lessons/09-rwlock-map/[a-z]*\.[a-z]*:[0-9]*' <<<"$stderr" | head -n 1)
        sed -n "${place#*:}p" "${place%:*}" | grep -q TODO || fail "no TODO is at $place: $stderr"
        sed -i "${place#*:}s/TODO/data-race/" "${place%:*}"
    done
    assert_equal "$named" 11
    assert_equal "$(grep -c TODO lessons/09-rwlock-map/lesson.ini)" 0
}

@test "a new lesson that is filled in behaves as it says" {
    new_exercise 05-votes
    make_lesson 6 other lessons
    cp lessons/05-votes/*.[cht]* lessons/06-other/
    cp solutions/05-votes/exercise.c solutions/06-other/
    rm -r lessons/05-votes
    sed -i 's/^fault.*/fault = data-race wrong-result/; s/TODO/Filled in./' lessons/06-other/lesson.ini
    check
    assert_success
    assert_line "4 programs, 4 as expected"
    run --separate-stderr "$interleave" hint 6 --lessons lessons
    assert_line --index 0 "Filled in."
}

@test "the programs of a new lesson compile without a warning, and do what they must" {
    make_lesson 9 rwlock-map lessons
    local program
    for program in lessons/09-rwlock-map/*.c solutions/09-rwlock-map/*.c tests/submissions/09-rwlock-map/*.c; do
        run clang -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror \
            -Ilessons -Ilessons/09-rwlock-map -fsyntax-only "$program"
        assert_output ""
    done
    run diff <(sed 's|/\* fault: TODO \*/|/* TODO: the right way */|' lessons/09-rwlock-map/broken.c) lessons/09-rwlock-map/correct.c
    assert_success
}

@test "a number or a slug that is none, or is taken, is refused, and nothing is made" {
    make_lesson 9 rwlock-map lessons
    assert_success
    local before
    before=$(find . | sort)
    refused() { # TEXT ARGUMENT…
        make_lesson "${@:2}"
        assert_equal "$status" 2
        assert_output --partial "new-lesson: "
        assert_output --partial "$1"
        assert_equal "$(find . | sort)" "$before"
    }
    refused usage
    refused usage 10
    for number in 0 00 100 x -1 ''; do refused "is not the number of a lesson" "$number" other lessons; done
    for slug in '' Other other_one -other other- other--one ../other; do refused "is not a slug" 10 "$slug" lessons; done
    refused "number 9 is taken by" 09 other lessons
    refused "the slug is taken by" 10 rwlock-map lessons
    refused "is not a directory" 10 other missing
    mkdir -p solutions/10-other
    before=$(find . | sort)
    refused "solutions/10-other is there already" 10 other lessons
}

@test "a lesson that cannot be made whole is not left half made" {
    touch solutions
    make_lesson 9 rwlock-map lessons
    assert_equal "$status" 2
    assert_output --partial "cannot be written to"
    assert_equal "$(find . -name '*rwlock*')" ""
}
