# What README.md and the lessons show is what the harness prints now: tables of what was measured, and
# transcripts. `make docs` fills them in; with CHECK=1 it compares.
# shellcheck disable=SC2016
load helper

# markdown ARGUMENT...: of the lessons in ./lessons
markdown() { run --separate-stderr "$interleave" check --lessons lessons --format markdown "$@"; }

# cells LESSON: its row of the table of all lessons, from the kind of its fault on.
cells() { sed -n "s/^| \[$1 [^]]*\]([^)]*) | \(.*\) |$/\1/p" <<<"$output"; }

# Tables of what was measured

@test "check as Markdown tells of one lesson what each tool sees, and why one is blind" {
    new_lesson 01-test
    new_lesson 02-other
    markdown 1
    assert_success
    assert_output 'What each tool sees of the `data-race` in `broken.c`:

| tool | the fault | why |
|---|---|---|
| native | sometimes | It depends on the schedule. |
| tsan | sees it | In every check, at a marked line. |
| asan | blind | It watches memory, not order. |
| helgrind | sees it | In every check, at a marked line. |
| explore | sees it | In every check, at a marked line. |
| compiler | blind | To a C compiler a thread is a call like any other: it accepts the program. |'
}

@test "check as Markdown has a row for each of several lessons, and the reasons below" {
    new_lesson 01-test
    new_lesson 02-other
    sed -i 's/^title.*/title = Another/; s/^blind.asan.*/blind.asan = For another reason./' lessons/02-other/lesson.ini
    markdown --engines native,tsan,asan
    assert_success
    assert_line --index 0 '| lesson | fault | native | tsan | asan | helgrind | explore | compiler |'
    assert_line '| [1 A test](lessons/01-test/README.md) | `data-race` | sometimes | sees it | blind | not run | not run | blind |'
    assert_line '| [2 Another](lessons/02-other/README.md) | `data-race` | sometimes | sees it | blind | not run | not run | blind |'
    assert_line '| 1 | asan | It watches memory, not order. |'
    assert_line '| 2 | asan | For another reason. |'
    assert_line '| 2 | helgrind | It was not asked. |'
    refute_line --partial '| 1 | tsan'
    assert_equal "$(grep -c '^| \[' <<<"$output")" 2
}

@test "what may be seen is said to be seen sometimes, whatever this run has seen" {
    new_lesson 01-test
    sed -i 's/^must-see.*/must-see = explore helgrind/; s/^may-see.*/may-see = native tsan/' lessons/01-test/lesson.ini
    new_lesson 02-other
    markdown --engines native,tsan
    assert_equal "$(cells 1)" '`data-race` | sometimes | sometimes | not run | not run | not run | blind'
    assert_equal "$(cells 2)" '`data-race` | sometimes | sees it | not run | not run | not run | blind'
}

@test "of a check that fails there is no table, but why it fails" {
    new_lesson 01-test
    new_lesson 02-other
    sed -i 's/^must-see.*/must-see = helgrind explore/; s/^blind.asan/blind.tsan = It is not.\n&/' lessons/02-other/lesson.ini
    markdown --engines native,tsan
    assert_equal "$status" 1
    assert_line --index 0 "There is no table: the check has failed."
    assert_line --partial "02-other/broken.c: tsan finds the data-race that lessons/02-other/lesson.ini:10 says it is blind to"
    refute_line --regexp '^\|'
}

@test "of a check that lacks a tool there is no table" {
    new_lesson 01-test
    PATH=$(path_without valgrind) markdown --engines native,helgrind 1
    assert_equal "$status" 2
    assert_line --partial "helgrind could not judge"
    refute_line --regexp '^\|'
}

@test "a program that is beyond an engine is said to be, with the lesson's reason" {
    new_lesson 01-test
    sed -i 's/^int main(void) {/#include <unistd.h>\n&\n    if (fork() == 0)\n        _exit(0);/' lessons/01-test/*.c
    sed -i -e '/^must-see/s/ explore//' -e 's/^\[.*\.c\]$/&\nbeyond.explore = It makes a process./' lessons/01-test/lesson.ini
    markdown --engines native,tsan,explore
    assert_success
    assert_line '| explore | beyond it | It makes a process. |'
    assert_line '| tsan | sees it | In every check, at a marked line. |'
}

# guarded_lesson: 3-guarded, whose broken.c the compiler rejects since it knows which lock guards what
guarded_lesson() {
    local engine program
    new_lesson 03-guarded
    cat >lessons/03-guarded/broken.c <<'E'
#include <stdio.h>
struct __attribute__((capability("mutex"))) lock { int held; };
static struct lock lock;
static int count __attribute__((guarded_by(lock)));
int main(void) {
    count = 1; /* fault: thread-safety */
    puts("2");
}
E
    sed '/count/d' lessons/03-guarded/broken.c >lessons/03-guarded/correct.c
    for program in correct.c broken.c; do
        sed -i "s/^\[$program\]/&\ncflags = -Wthread-safety -Werror=thread-safety/" lessons/03-guarded/lesson.ini
    done
    sed -i '/see =\|^blind/d; s/data-race/thread-safety/' lessons/03-guarded/lesson.ini
    for engine in native tsan asan helgrind explore; do
        echo "blind.$engine = Nothing is there to run." >>lessons/03-guarded/lesson.ini
    done
}

@test "a program that the compiler rejects is seen by the compiler, and by nobody else" {
    guarded_lesson
    markdown
    assert_success
    assert_line '| compiler | sees it | In every check, at a marked line. |'
    assert_line '| tsan | not run | Nothing is there to run. |'
    new_lesson 01-test
    markdown --engines native,tsan
    assert_equal "$(cells 3)" '`thread-safety` | not run | not run | not run | not run | not run | sees it'
    assert_equal "$(cells 1)" '`data-race` | sometimes | sees it | not run | not run | not run | blind'
}

@test "a fault that only the compiler can see fails the check when the compiler accepts it" {
    guarded_lesson
    sed -i '/^cflags/d' lessons/03-guarded/lesson.ini
    markdown
    assert_equal "$status" 1
    assert_line --partial "03-guarded/broken.c: neither the compiler nor an engine found a thread-safety at broken.c:6"
}

@test "the words of lesson.ini stay words: no character of theirs is Markdown, or ends a cell" {
    new_lesson 01-test
    sed -i 's/^title.*/title = _A_ *b* [c] <d> a_b/; s/^blind.asan.*/blind.asan = `a*|_b` | \\./' lessons/01-test/lesson.ini
    markdown --engines native,asan 1
    assert_line '| asan | blind | `a*\|_b` \| \\. |'
    run --separate-stderr "$interleave" list --lessons lessons --format markdown
    assert_line '| Threads | [1 \_A_ \*b\* \[c] \<d> a_b](lessons/01-test/README.md) | Two threads add one each. | `data-race` |'
}

# Lists

@test "list as Markdown has a row for each lesson: its part where that begins, its title, what it is about, its fault" {
    new_lesson 01-test
    new_lesson 02-other
    new_lesson 03-more
    sed -i 's/^part.*/part = Locks/; s/data-race$/data-race lock-misuse/' lessons/03-more/lesson.ini
    run --separate-stderr "$interleave" list --lessons lessons --format markdown
    assert_success
    assert_output '| part | lesson | what it is about | the broken twin has |
|---|---|---|---|
| Threads | [1 A test](lessons/01-test/README.md) | Two threads add one each. | `data-race` |
|  | [2 A test](lessons/02-other/README.md) | Two threads add one each. | `data-race` |
| Locks | [3 A test](lessons/03-more/README.md) | Two threads add one each. | `data-race` or `lock-misuse` |'
}

@test "a format that a command does not know is refused, with those that it knows" {
    new_lesson 01-test
    run --separate-stderr "$interleave" lesson 1 --lessons lessons --format markdown
    assert_refused "--format markdown is for check and list" terminal
    judge --format markdown lessons/01-test/correct.c
    assert_refused "--format markdown is for check and list" terminal
    run --separate-stderr "$interleave" list --lessons lessons --format json
    assert_refused "--format json" "terminal and markdown"
}

# Filling in

# pages: a course of one lesson beside scripts/docs, with everything to be filled in
pages() {
    cd "$BATS_TEST_TMPDIR" || return
    rm lessons
    new_lesson 01-test
    mkdir scripts
    cp "$project/scripts/docs" scripts/
    cat >README.md <<'E'
Above.

<!-- table: interleave list --format markdown -->
<!-- end -->

Between.
<!-- table: interleave check --format markdown -->
stale
<!-- end -->
Below.
E
    cat >lessons/01-test/README.md <<'E'
<!-- transcript: interleave lesson 1 -->
<!-- end -->
<!-- table: interleave check 1 --format markdown -->
<!-- end -->
<!-- transcript: interleave explore --strategy bounded --jobs 1 lessons/01-test/broken.c -->
<!-- end -->
E
}

# assert_stale FILE COMMAND [WORDS]: CHECK=1 finds that, and nothing else.
assert_stale() {
    CHECK=1 run scripts/docs
    assert_equal "$status" 1
    assert_output "$1: not what \`interleave $2\` prints now; run make docs${3:+ ($3)}"
}

@test "docs fills in every table and transcript and leaves the rest as it is; then none is stale" {
    pages
    run scripts/docs
    assert_success
    assert_output ""
    assert_equal "$(<README.md)" "Above.

<!-- table: interleave list --format markdown -->

$("$interleave" list --format markdown)

<!-- end -->

Between.
<!-- table: interleave check --format markdown -->

$("$interleave" check --format markdown)

<!-- end -->
Below."
    run cat lessons/01-test/README.md
    assert_line --index 1 '```text'
    assert_line --regexp '^  tsan +faults +data-race at broken.c:'
    assert_line '| asan | blind | It watches memory, not order. |'
    assert_line --regexp '^Found on schedule|^  Found on schedule'
    CHECK=1 run scripts/docs
    assert_success
    assert_output ""
}

@test "a table is stale with one wrong cell, without one of its rows, and when lesson.ini says something else" {
    pages
    scripts/docs
    cp README.md kept
    sed -i '/^| asan/s/blind/sometimes/' README.md
    assert_stale README.md "check --format markdown"
    sed '/^| \[1\|^| Threads/d' kept >README.md
    assert_stale README.md "list --format markdown"
    cp kept README.md
    sed -i 's/^summary.*/summary = Something else./' lessons/01-test/lesson.ini
    assert_stale README.md "list --format markdown"
}

@test "a transcript is stale when an engine saw something else, when the output is another, and when the code has moved" {
    pages
    scripts/docs
    local page=lessons/01-test/README.md
    cp $page kept
    sed -i '/broken on purpose/,/^$/s/^  tsan .*/  tsan      clean   10 runs/' $page
    assert_stale $page "lesson 1"
    sed 's/^    | 2$/    | 3/' kept >$page
    assert_stale $page "lesson 1"
    sed '/ creates T1/d' kept >$page
    assert_stale $page "explore --strategy bounded --jobs 1 lessons/01-test/broken.c"
    sed '/^<!-- table/,$d; s/| .*count++.*/| count--;/' kept >$page
    assert_stale $page "lesson 1" "another line is at lessons/01-test/broken.c:$(grep -n 'count++' lessons/01-test/broken.c | cut -d: -f1)"
}

@test "what chance alone changes in a transcript does not make it stale" {
    pages
    scripts/docs
    sed -i -e "s/ replay \(.*\) '.*/ replay \1 '0:0:0'/" -e '/^broken.c/,/^$/s/^  native .*/  native    something  else/' \
        -e 's/[0-9]* schedules in all/9 schedules in all/' lessons/01-test/README.md
    CHECK=1 run scripts/docs
    assert_success
}

@test "nothing is filled in while a lesson does not behave as it says" {
    pages
    cp README.md kept
    sed -i 's/^blind.asan.*/may-see = asan/; s/^must-see.*/must-see = tsan helgrind asan/; /^may-see/d' lessons/01-test/lesson.ini
    sed -i 's/^fault.*/&\nmay-see = native explore/' lessons/01-test/lesson.ini
    run scripts/docs
    assert_equal "$status" 1
    assert_line --partial "asan must find a data-race"
    assert_line "docs: the lessons do not behave as they say"
    run diff kept README.md
    assert_success
}

@test "a command that cannot be run is filled in nowhere" {
    pages
    sed -i 's/interleave list/interleave lisp/' README.md
    cp README.md kept
    run scripts/docs
    assert_equal "$status" 1
    assert_line --partial "docs: README.md: interleave lisp --format markdown:"
    run diff kept README.md
    assert_success
}

@test "a marker without its end is refused, and no text below it is lost" {
    pages
    printf 'Above.\n\n<!-- table: interleave list --format markdown -->\nBelow.\n' >README.md
    cp README.md kept
    run scripts/docs
    assert_equal "$status" 1
    assert_output "docs: README.md: no <!-- end --> below <!-- table: interleave list --format markdown -->"
    printf 'More.\n<!-- table: interleave check --format markdown -->\n<!-- end -->\n' >>README.md
    cp README.md kept
    run scripts/docs
    assert_equal "$status" 1
    run diff kept README.md
    assert_success
}
