# The lessons: each behaves as its lesson.ini says, each check of it can fail, and each has what a student
# needs. All tests go over lessons/*/, so a new lesson is covered without a change here.
#
# The tests share a harness, so that what one of them has judged the next need not judge again.

load helper

lessons=("$project"/lessons/[0-9][0-9]-*/)
mapfile -t some < <(printf '%s\n' "${lessons[@]}" | share)

# Where time is short, every second one of them behaves; elsewhere each.
short_of_time() { local share=${SHARE:-1/1} && ((${share#*/} >= 8)); }
behaving() { if short_of_time; then SHARE=${SHARE%/*}/2 share; else cat; fi; }

# A project of the file, with its own harness; each test starts in an empty directory.
setup_file() {
    mkdir "$BATS_FILE_TMPDIR/build"
    cp -r "$project"/build/interleave* "$project/build/linked" "$BATS_FILE_TMPDIR/build/"
    cp -r "$project"/{lessons,solutions,scripts,README.md} "$BATS_FILE_TMPDIR/"
}

setup() {
    interleave=$BATS_FILE_TMPDIR/build/interleave
    unset INTERLEAVE_CC NO_COLOR
    mkdir "$BATS_TEST_TMPDIR/here"
    cd "$BATS_TEST_TMPDIR/here" || return
}

# each CHECK: runs it in a copy of every lesson's directory; fails with the names of those that fail.
each() {
    local lesson failed=""
    ((${#lessons[@]})) && [[ -d ${lessons[0]} ]] || fail "there are no lessons"
    cp -r "$project/lessons" .
    for lesson in lessons/[0-9][0-9]-*/; do
        (cd "$lesson" && "$1") >reasons 2>&1 || failed+="${lesson%/}: "$(<reasons)$'\n'
    done
    [[ -z $failed ]] || fail "$failed"
}

# check ARGUMENT...: of the lessons in ./lessons, as JSON
check() { run --separate-stderr "$interleave" check --lessons lessons --format json "$@"; }

@test "every lesson behaves as its lesson.ini says" {
    cd "$BATS_FILE_TMPDIR" || return
    mapfile -t numbers < <(printf '%s\n' "${lessons[@]}" | behaving | sed 's|.*/\([0-9]*\)-[^/]*/$|\1|')
    run --separate-stderr "$interleave" check "${numbers[@]}"
    assert_equal "$stderr" ""
    assert_success
    assert_equal "$(grep -c '/correct.c ' <<<"$output")" "${#numbers[@]}"
}

# ./lessons: copies of some, whose correct.c and broken.c may be changed. Exercises have tests of their own.
pairs_of_programs() {
    mkdir lessons
    cp -r "$project"/lessons/{*.h,lib} "${some[@]%/}" lessons/
    sed -i '/^\[exercise.c\]/,$d' lessons/*/lesson.ini
}

@test "what correct.c prints is judged, in every lesson" {
    pairs_of_programs
    for lesson in lessons/[0-9][0-9]-*/; do echo "one line more" >>"$lesson/expected.txt"; done
    check --engines native
    assert_equal "$status" 1
    local name
    for name in $(field '.programs[] | select(.name | endswith("/correct.c")).name'); do
        assert_contains "$name: $(field '.programs[] | select(.name == "'"$name"'").problems[]')" "wrong-output"
    done
}

# The swaps: the markers stay where lesson.ini wants them, in broken.c; only the programs move. A correct
# program in the place of the broken one is given a mark in every line, so that no tool can fail for
# want of a mark: only the fault is missing.

# try_twice: what cannot be found need not be looked for as often as a fault that is there.
try_twice() { sed -i 's/^\[broken.c\]/&\ntries = 2/; /^tries/{/tries = 2/!d}' lessons/*/lesson.ini; }

# swapped: what check says of the lessons whose two programs have changed places. It is asked once.
swapped() {
    local lesson kinds sources
    if [[ ! -e $BATS_FILE_TMPDIR/swapped.json ]]; then
        pairs_of_programs
        for lesson in lessons/[0-9][0-9]-*/; do
            kinds=$(sed -n 's|.*/\* fault: \(.*\) \*/.*|\1|p' "$lesson/broken.c" | head -n 1)
            sed 's| */\* fault: .*\*/||' "$lesson/broken.c" >unmarked.c
            sed "/^ \*/!s,;\$,; /* fault: $kinds */," "$lesson/correct.c" >"$lesson/broken.c"
            mv unmarked.c "$lesson/correct.c"
            sources=$(sed -n '/^\[correct.c\]/,/^\[broken.c\]/s/^sources *= *//p' "$lesson/lesson.ini")
            sed -i "/^\[broken.c\]/,\$ s,^sources *=.*,sources = $sources," "$lesson/lesson.ini"
        done
        try_twice
        check
        echo "$status" >"$BATS_FILE_TMPDIR/swapped.status"
        echo "$output" >"$BATS_FILE_TMPDIR/swapped.json"
    fi
    assert_equal "$(<"$BATS_FILE_TMPDIR/swapped.status")" 1
    output=$(<"$BATS_FILE_TMPDIR/swapped.json")
}

# problems_of PROGRAM: of all lessons, "NAME: sentence" a line; and which of them met their expectation.
problems_of() { field '.programs[] | select(.name | endswith("/'"$1"'")) | "\(.name): \(.problems[])"'; }
met() { field '.programs[] | select(.name | endswith("/'"$1"'")) | select(.expectation == "met").name'; }

@test "broken.c in the place of correct.c fails in every lesson, and the fault is named with its kind and line" {
    swapped
    assert_equal "$(met correct.c)" ""
    for lesson in "${some[@]}"; do
        name=$(basename "$lesson") found=0
        while read -r line kinds; do
            for kind in ${kinds//|/ }; do
                problems_of correct.c | grep -q "^$name/correct.c: .* found a $kind at .*correct.c:$line\b.*not expected" && found=1
            done
        done < <(sed -n '=; p' "$lesson/broken.c" | sed 'N; s/\n/ /' | sed -n 's|^\([0-9]*\) .*/\* fault: \(.*\) \*/.*|\1 \2|p')
        ((found)) || fail "$name: no problem names a marked line: $(problems_of correct.c)"
    done
}

@test "correct.c in the place of broken.c fails in every lesson: each engine that must see the fault is named" {
    swapped
    assert_equal "$(met broken.c)" ""
    for lesson in "${some[@]}"; do
        name=$(basename "$lesson")
        for engine in $(sed -n '/^\[broken.c\]/,/^\[/s/^must-see *= *//p' "$lesson/lesson.ini" | tr ',' ' '); do
            assert_contains "$(problems_of broken.c)" "$name/broken.c: $engine must find"
        done
    done
}

@test "a mark that stands one line too low fails in every lesson" {
    pairs_of_programs
    for lesson in lessons/[0-9][0-9]-*/; do
        mv "$lesson/broken.c" marked.c
        # Each mark moves to the end of the line below it; of several lines in a row the last one's does.
        awk '{ mark = match($0, / *\/\* fault: .*\*\/$/) ? substr($0, RSTART) : ""
               line = mark ? substr($0, 1, RSTART - 1) : $0
               print line (mark ? "" : held); held = mark }' marked.c >"$lesson/broken.c"
    done
    try_twice
    check
    assert_equal "$(met broken.c)" ""
    assert_equal "$(problems_of broken.c | grep -c ' must find ')" \
        "$(cat lessons/*/lesson.ini | sed -n '/^\[/h; /^must-see/{G; /\[broken.c\]/p}' | sed 's/^must-see *= *//; /^\[/d' | wc -w)"
}

@test "every lesson has its files, and they are not empty" {
    has_files() {
        local file
        for file in README.md lesson.ini correct.c broken.c expected.txt exercise.h exercise.c drive.c \
            "$project/solutions/$(basename "$PWD")/exercise.c"; do
            [[ -s $file ]] || { echo "no $file" && return 1; }
        done
    }
    each has_files
}

@test "no lesson has a TODO left, nor has its solution or a submission" {
    run grep -rnw TODO "$project"/{lessons,solutions,tests/submissions}
    assert_output ""
}

@test "every exercise has its three hints" {
    has_hints() {
        local number=$((10#$(basename "$PWD" | cut -c 1-2))) hint
        for hint in 1 2 3; do "$interleave" hint "$number" "$hint" || return; done
    }
    each has_hints
}

@test "every lesson's README has the six sections, in their order" {
    has_sections() {
        diff <(printf '## %s\n' Predict Run Why Fix "In Rust" Practice) <(grep '^## ' README.md)
    }
    each has_sections
}

@test "every lesson's README folds its answers, and closes what it opens" {
    folds_answers() {
        (($(sed -n '/^## Practice/,$p' README.md | grep -c '<details>') > 0)) &&
            (($(grep -c '<details>' README.md) == $(grep -c '</details>' README.md))) &&
            (($(grep -c '^ *```' README.md) % 2 == 0))
    }
    each folds_answers
}

@test "every file and link that a lesson's README names is there" {
    names_what_is_there() {
        local link
        while read -r link; do
            [[ $link == *://* || $link == \#* || -e ${link%%#*} || ${link%%#*} == ../../* ]] || { echo "no $link" && return 1; }
        done < <(grep -o '](\([^)]*\))' README.md | sed 's/^](//; s/)$//')
    }
    each names_what_is_there
}

@test "the tables and transcripts of README.md and of the lessons are what the harness prints now" {
    CHECK=1 run "$BATS_FILE_TMPDIR/scripts/docs"
    assert_success
}

@test "every lesson's README shows its transcript, and which tool sees what" {
    shows_both() {
        local number=$((10#$(basename "$PWD" | cut -c 1-2)))
        sed -n '/^## Run/,/^## Why/p' README.md | grep -Fx "<!-- transcript: interleave lesson $number -->" &&
            sed -n '/^## Run/,/^## Why/p' README.md | grep -Fx "<!-- table: interleave check $number --format markdown -->"
    }
    each shows_both
}

@test "README.md lists every lesson, and which tool sees what in each" {
    local lesson command
    for command in list check; do
        table=$(sed -n "/^<!-- table: interleave $command --format markdown -->/,/^<!-- end -->/p" "$project/README.md")
        for lesson in "${lessons[@]}"; do
            assert_contains "$table" "](lessons/$(basename "$lesson")/README.md) |"
        done
    done
}

# A sleep that stands for what a thread does, and says so in its own line, is no order:
#     must_errno(nanosleep(&pause, NULL)); /* work: it takes this long to make a message */
# The explorer tries the schedules in which it takes longer, so a program that needs the order is found.
@test "no program of a lesson orders its threads by sleeping, or by volatile" {
    neither_sleeps() {
        ! grep -nE '\b(u?sleep|nanosleep|thrd_sleep|volatile)\b' ./*.c |
            grep -vE ':[0-9]+: +must_errno\(nanosleep\([^;]*\)\); /\* work: [^*]+ \*/$'
    }
    each neither_sleeps
}

@test "correct.c and broken.c are as alike as they can be: few lines differ" {
    alike() {
        local lines
        lines=$(diff <(sed 's| */\* fault: .*\*/||' broken.c) correct.c | grep -c '^[<>]')
        ((lines <= 30)) || { echo "$lines lines differ" && return 1; }
    }
    each alike
}

@test "every program is short enough to be read: at most 120 lines" {
    short() {
        local program
        for program in *.c; do
            (($(wc -l <"$program") <= 120)) || { echo "$program has $(wc -l <"$program") lines" && return 1; }
        done
    }
    each short
}

@test "list names every lesson, by number and title" {
    run --separate-stderr "$interleave" list
    assert_success
    local lesson name
    for lesson in "${lessons[@]}"; do
        name=$(basename "$lesson")
        assert_contains "$(tr -s ' ' <<<"$output")" " $((10#${name%%-*})) ${name#*-} $(sed -n 's/^title *= *//p' "$lesson/lesson.ini")"
    done
}
