# Bad input gets a clear sentence (what, where, remedy) and the right exit status; odd names are no bad input.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154
load helper

clean='int main(void) { return 0; }'

# A thread that waits for its own lock, on line 6.
write_double_lock() {
    write_program "$1" <<'E'
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
int main(void) {
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    return 0;
}
E
}

# Two threads write on lines 5 and 11.
write_race() {
    write_program "$1" <<'E'
#include <pthread.h>

static int shared;
static void *work(void *unused) {
    shared = 1;
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, work, NULL);
    shared = 2;
    pthread_join(thread, NULL);
    return 0;
}
E
}

# The command line was wrong: status 2, nothing reported, and the first line of the complaint says these texts.
assert_wrong_use() {
    assert_equal "$status" 2
    assert_equal "$output" ""
    local part
    for part; do assert_contains "${stderr%%$'\n'*}" "$part"; done
}

# The files of a program

@test "a file that is missing is named" {
    judge missing.c
    assert_refused missing.c "No such file or directory"
}

@test "a directory in place of a file is named, also when it ends in .c" {
    mkdir programs.c
    judge programs.c
    assert_refused programs.c "is a directory"
    judge .
    assert_refused "is a directory"
}

@test "an empty file is refused" {
    : >empty.c
    judge empty.c
    assert_refused empty.c "is empty"
}

@test "a binary file is refused" {
    head -c 4096 "$interleave" >binary.c
    judge binary.c
    assert_refused binary.c "is a binary file"
}

@test "a file that is not C source by its name is refused" {
    echo "$clean" >program.txt
    judge program.txt
    assert_refused program.txt "does not end in .c"
}

@test "a device, a fifo and a link to itself are refused, without waiting for them" {
    mkfifo fifo.c
    judge fifo.c
    assert_refused fifo.c "not a regular file"
    judge /dev/zero
    assert_refused /dev/zero "not a regular file"
    ln -s loop.c loop.c
    judge loop.c
    assert_refused loop.c
}

@test "a file that may not be read is refused" {
    ((EUID != 0)) || skip "root may read every file"
    echo "$clean" >secret.c
    chmod 000 secret.c
    judge secret.c
    assert_refused secret.c "Permission denied"
}

@test "a file that is much too large is refused" {
    head -c 5000000 /dev/zero | tr '\0' ' ' >large.c
    judge large.c
    assert_refused large.c "4 MiB"
}

@test "one bad file among good ones is the one that is named" {
    echo "$clean" >main.c
    judge main.c other.c
    assert_refused other.c "No such file or directory"
}

@test "a letter in place of a C program is a compile-error at its line, under every engine" {
    printf '\nDear all,\nthis is a letter.\n' >letter.c
    judge_json letter.c
    assert_equal "$status" 1
    assert_verdict faulty
    assert_kinds compile-error
    assert_equal "$(field '.programs[0].faults[0].places[0] | "\(.file):\(.line)"')" letter.c:2
    assert_equal "$(field '[.programs[0].engines[].outcome] | unique[]')" unavailable
}

@test "bytes that are no text at all are a compile-error, and nothing of them reaches the terminal raw" {
    printf 'int main(void) { \x01\x1b[31m\xff\xfe\xc2\x9b31m return 0 }\n' >noise.c
    judge --engines native noise.c
    assert_equal "$status" 1
    assert_contains "$output" compile-error
    LC_ALL=C run ! grep -q $'[\x01\x1b\xff]\|\xc2\x9b' <<<"$output"
}

@test "a program without main is told so" {
    echo 'int helper(void) { return 1; }' >nomain.c
    judge_json --engines native nomain.c
    assert_equal "$status" 1
    assert_kinds compile-error
    assert_contains "$(field '.programs[0].faults[0].message')" "no main function"
}

@test "a syntax error is a compile-error with file, line and the compiler's words" {
    printf 'int main(void) {\n    return 0\n}\n' >syntax.c
    judge --engines native syntax.c
    assert_equal "$status" 1
    assert_contains "$output" "compile-error"
    assert_contains "$output" "syntax.c:2"
    assert_contains "$output" "expected ';' after return statement"
}

@test "a syntax error in the second file of a program is found there" {
    echo 'int helper(void); int main(void) { return helper(); }' >main.c
    printf '\nint helper(void) { return 0 }\n' >helper.c
    judge_json --engines native,asan main.c helper.c
    assert_equal "$status" 1
    assert_equal "$(field '[.programs[0].faults[].places[] | "\(.file):\(.line)"] | unique[]')" helper.c:2
}

@test "the words of a syntax error do not turn it into trouble with the disk or the tools" {
    printf 'int main(void) { "No space left on device libclang_rt __tsan_" return 0; }\n' >words.c
    judge_json --engines native,tsan words.c
    assert_equal "$status" 1
    assert_kinds compile-error
    printf 'int main(void) { return 0 }\n' >witness.c
    cp witness.c tsan_report.c
    judge_json --engines native witness.c
    assert_kinds compile-error
    judge_json --engines tsan tsan_report.c
    assert_kinds compile-error
}

@test "a function that exists nowhere is a compile-error that names it" {
    printf 'int nowhere(void);\nint main(void) { return nowhere(); }\n' >undefined.c
    judge_json --engines native undefined.c
    assert_equal "$status" 1
    assert_kinds compile-error
    assert_contains "$(field '.programs[0].faults[0].message')" nowhere
}

@test "a compiler that prints a thousand errors yields a short report" {
    for ((i = 0; i < 1000; i++)); do echo "int main(void) { nosuch$i }"; done >errors.c
    judge_json --engines native --cflags=-ferror-limit=0 errors.c
    assert_equal "$status" 1
    (($(field '.programs[0].faults | length') <= 20))
}

# Names

odd_names=('a b.c' ' .c' "it's.c" '"q".c' 'größe-日本.c' '100%d%s%n.c' '$HOME;ls `id`.c' '@file.c' 'back\slash.c'
    ':9: error: x.c' '#hash.c' 'a&b<c>.c' '*.c' $'tab\t.c' $'new\nline.c' $'escape\e[31m.c')

@test "a program with an odd name is judged under that name" {
    for name in "${odd_names[@]}"; do
        echo "$clean" >"$name"
        judge_json --engines native "$name"
        assert_equal "$status" 0
        assert_equal "$(field '.programs[0].name')" "$name"
        assert_equal "$(ls)" "$name" # nothing else was made or changed
        rm -- "$name"
    done
}

@test "a hang in a program with an odd name is placed in that file" {
    for name in "${odd_names[@]}"; do
        write_double_lock "$name"
        judge_json --engines native "$name"
        assert_equal "$status" 1
        assert_kinds double-lock
        assert_equal "$(field '.programs[0].faults[0].places | map("\(.file):\(.line)") | unique[]')" "$name:6"
    done
}

@test "a race in a program with an odd name is placed in that file by each tool" {
    for name in 'a b.c' 'größe-日本.c' '100%d%s%n.c' ':9: error "x".c'; do
        write_race "$name"
        judge_json --engines tsan,helgrind "$name"
        assert_equal "$status" 1
        for engine in tsan helgrind; do
            assert_equal "$(field ".programs[0].faults[] | select(.engine == \"$engine\") |
                [.places[] | \"\(.file):\(.line)\"] | sort | join(\" \")")" "$name:11 $name:5"
        done
    done
}

@test "a race in a directory with an odd name is placed by each tool" {
    mkdir 'Jürgen & Co'
    cd 'Jürgen & Co'
    write_race race.c
    judge_json --engines tsan,helgrind race.c
    assert_equal "$(field '[.programs[0].faults[] | "\(.engine) \([.places[].line] | sort)"] | sort | join(" ")')" \
        "helgrind [5,11] tsan [5,11]"
}

@test "a name that begins with a dash is an option, and a file after --" {
    echo "$clean" >-dash.c
    judge -dash.c
    assert_wrong_use "-dash.c" || assert_wrong_use "invalid option"
    judge_json --engines native -- -dash.c
    assert_equal "$status" 0
    assert_equal "$(field '.programs[0].name')" -dash.c
    judge_json --engines native ./-dash.c
    assert_equal "$status" 0
}

@test "a name that is not UTF-8 is judged, and its JSON is valid" {
    name=$'bad\xff\xfe.c'
    write_double_lock "$name"
    judge_json --engines native "$name"
    assert_equal "$status" 1
    assert_kinds double-lock
    assert_equal "$(field '.programs[0].name')" $'bad\ufffd\ufffd.c'
    iconv -f UTF-8 -t UTF-8 <<<"$output" >/dev/null
}

@test "a name cannot fake a line of the report or colour the terminal" {
    name=$'x.c  clean: no engine finds a fault\nclean\e[31m.c'
    write_double_lock "$name"
    judge --engines native "$name"
    assert_equal "$status" 1
    run ! grep -qE '^clean|^x\.c  clean: no engine finds a fault$' <<<"$output"
    run ! grep -q $'\e' <<<"$output"
    run "$interleave" explore "$name"
    run ! grep -qE $'^clean|\e' <<<"$output"
    run "$interleave" drive "$name" <<<q
    run ! grep -q $'\e' <<<"$output"
    run "$interleave" exercise 2 "$name"
    run ! grep -qE $'^clean|\e' <<<"$output"
    judge $'missing\n\e[31m.c'
    assert_refused missing "No such file"
    run ! grep -q $'\e' <<<"$stderr"
}

@test "a very long path is judged" {
    long=$(printf 'd%.0s' {1..200})
    deep=$long/$long/$long/$long
    mkdir -p "$deep"
    write_double_lock "$deep/program.c"
    judge_json --engines native "$deep/program.c"
    assert_equal "$status" 1
    assert_equal "$(field '.programs[0].faults[0].places[0].file')" "$deep/program.c"
}

# The command line

@test "no command and an unknown command list those that exist" {
    run --separate-stderr "$interleave"
    assert_equal "$status" 2
    assert_equal "$output" ""
    assert_says "run      FILE.c..."
    run --separate-stderr "$interleave" frobnicate
    assert_wrong_use frobnicate
    assert_says "run      FILE.c..."
}

@test "a command without its operand says what it wants" {
    run --separate-stderr "$interleave" run
    assert_refused "C files"
    run --separate-stderr "$interleave" lesson
    assert_refused "one number"
    run --separate-stderr "$interleave" lesson 2 4
    assert_refused "one number"
}

@test "a command that takes no operand refuses one" {
    for command in list doctor; do
        run --separate-stderr "$interleave" "$command" extra
        assert_equal "$status" 2
        assert_equal "$output" ""
        assert_says "no operand"
    done
}

@test "an unknown option is named" {
    echo "$clean" >clean.c
    judge --frobnicate clean.c
    assert_wrong_use --frobnicate
    judge -Z clean.c
    assert_wrong_use "'Z'"
}

@test "--jobs and --timeout want a positive number" {
    echo "$clean" >clean.c
    for option in --jobs --timeout; do
        for value in 0 abc -1 1.5x '' 99999999999999999999; do
            judge "$option=$value" clean.c
            assert_wrong_use "$option" "wants a number"
        done
        judge clean.c "$option"
        assert_wrong_use "requires an argument"
    done
}

@test "an unknown engine or format is named, beside those that exist" {
    echo "$clean" >clean.c
    judge --engines native,msan clean.c
    assert_wrong_use msan helgrind
    judge --engines= clean.c
    assert_wrong_use --engines
    judge --format xml clean.c
    assert_wrong_use xml json
}

@test "--expect and --stdin name files that can be read" {
    echo "$clean" >clean.c
    for option in --expect --stdin; do
        judge "$option" missing clean.c
        assert_refused missing "$option"
        judge "$option" . clean.c
        assert_refused "$option"
    done
}

@test "--expect and --stdin refuse what has no end" {
    echo "$clean" >clean.c
    mkfifo fifo
    for option in --expect --stdin; do
        for file in fifo /dev/zero; do
            run --separate-stderr timeout -s KILL 20 "$interleave" run "$option" "$file" clean.c
            assert_refused "$file" "$option"
        done
    done
}

@test "--keep names a directory" {
    echo "$clean" >clean.c
    : >file
    for place in file /dev/full /proc/none; do
        judge --keep "$place" clean.c
        assert_refused "$place" --keep
    done
}

@test "flags that the compiler does not know are the caller's, not the program's" {
    echo "$clean" >clean.c
    for option in --cflags=-frobnicate --cflags=-std=c77 --libs=-lnosuch --libs=nosuch.o --cflags=nosuch.h; do
        judge_json --engines native "$option" clean.c
        assert_equal "$status" 2
        assert_verdict unjudged
        words=${option#*=-}
        words=${words#*=}
        words=${words#l}
        assert_reason native "$words"
    done
}

# Lessons

check_lessons() { run --separate-stderr "$interleave" check --lessons lessons "$@"; }

# refused_after SED FILE TEXT...: the lesson, with this change made to the file, is refused with these texts.
refused_after() {
    local change=$1 file=$2
    shift 2
    rm -rf lessons
    new_lesson 31-test
    sed -i "$change" "lessons/31-test/$file"
    check_lessons
    assert_refused "$@"
}

@test "the lesson that the following tests break is right" {
    new_lesson 31-test
    check_lessons
    assert_equal "$status" 0
    assert_contains "$output" "31-test/broken.c"
}

@test "an unknown lesson is named, with the way to the list of them" {
    new_lesson 31-test
    for number in 32 x -- -1 0 '' 31x 999999999999999999999 4294967327; do
        [[ $number != -- ]] || continue
        for command in lesson check; do
            run --separate-stderr "$interleave" "$command" --lessons lessons -- "$number"
            assert_refused "no lesson $number" "interleave list"
        done
    done
}

@test "a directory without lessons is refused by every command that wants lessons" {
    mkdir empty
    for command in 'lesson 2' check list; do
        # shellcheck disable=SC2086  # two words
        run --separate-stderr "$interleave" $command --lessons empty
        assert_equal "$status" 2
        assert_equal "$output" ""
        assert_says "lesson"
    done
    check_lessons # there is no directory of this name
    assert_refused "lessons" "No such file or directory" --lessons
}

@test "a lesson without lesson.ini is named" {
    new_lesson 31-test
    rm lessons/31-test/lesson.ini
    check_lessons
    assert_refused lessons/31-test/lesson.ini "No such file or directory"
    mkdir lessons/31-test/lesson.ini
    check_lessons
    assert_refused lessons/31-test/lesson.ini "s a directory"
}

@test "lesson.ini with an unknown key is refused with file and line" {
    refused_after '2a colour = red' lesson.ini lessons/31-test/lesson.ini:3: colour title
    refused_after '$a colour = red' lesson.ini lessons/31-test/lesson.ini:14: colour must-see
}

@test "lesson.ini with an unknown engine is refused with file and line" {
    refused_after 's/tsan helgrind/tsan hellgrind/' lesson.ini lessons/31-test/lesson.ini:11: hellgrind engine
    refused_after 's/blind.asan/blind.msan/' lesson.ini lessons/31-test/lesson.ini:13: msan engine
}

@test "lesson.ini with an unknown kind of fault is refused with file and line" {
    refused_after 's/data-race/date-race/' lesson.ini lessons/31-test/lesson.ini:10: date-race
    refused_after 's/data-race//' lesson.ini lessons/31-test/lesson.ini:10: kind
}

@test "a broken line of lesson.ini is refused with file and line" {
    refused_after '12a what is this' lesson.ini lessons/31-test/lesson.ini:13:
    refused_after 's/^.correct.c.$/[correct.c/' lesson.ini lessons/31-test/lesson.ini:6:
    refused_after '1i key = value' lesson.ini lessons/31-test/lesson.ini:1: key
    refused_after "s/Two threads/$(printf 'x%.0s' {1..400})/" lesson.ini lessons/31-test/lesson.ini:4: long
}

@test "the first of several broken lines of lesson.ini is the one that is named" {
    refused_after '12a what is this
        2a colour = red' lesson.ini lessons/31-test/lesson.ini:3: colour
}

@test "lesson.ini with a value that makes no sense is refused with file and line" {
    refused_after '7a order = random' lesson.ini lessons/31-test/lesson.ini:8: order
    refused_after '7a memory = lots' lesson.ini lessons/31-test/lesson.ini:8: memory
    refused_after '7a runs = 0' lesson.ini lessons/31-test/lesson.ini:8: number
    refused_after '7a seconds = -1' lesson.ini lessons/31-test/lesson.ini:8: number
    refused_after 's/may-see = native/may-see = native tsan/' lesson.ini lessons/31-test/lesson.ini:12: tsan
}

@test "lesson.ini that says two things of one engine is refused with file and line" {
    refused_after '13a beyond.asan = It does not know.' lesson.ini lessons/31-test/lesson.ini:14: twice asan
    refused_after '13a beyond.explore = It does not know.' lesson.ini lessons/31-test/lesson.ini:14: twice explore
    refused_after '7a beyond.explore =' lesson.ini lessons/31-test/lesson.ini:8: reason
    refused_after '7a beyond.explorer = It does not know.' lesson.ini lessons/31-test/lesson.ini:8: explorer engine
}

@test "lesson.ini that leaves something out is told what" {
    refused_after '/^title/d' lesson.ini lessons/31-test/lesson.ini title
    refused_after '/^may-see/d' lesson.ini lessons/31-test/lesson.ini broken.c native
    refused_after 's/^\(blind.asan =\).*/\1/' lesson.ini lessons/31-test/lesson.ini:13: reason
    refused_after 'd' lesson.ini lessons/31-test/lesson.ini
}

@test "a lesson without its correct or its broken program is refused" {
    refused_after '/^.correct/,/^$/d' lesson.ini lessons/31-test/lesson.ini correct.c
    refused_after '/^.broken/,$d' lesson.ini lessons/31-test/lesson.ini broken.c
}

@test "lesson.ini that names a program or an output that does not exist is refused with file and line" {
    refused_after 's/^.correct.c/[corect.c/' lesson.ini lessons/31-test/lesson.ini:7: corect.c
    refused_after 's|^.correct.c|[../31-test/correct.c|' lesson.ini lessons/31-test/lesson.ini:7:
    refused_after 's/expected.txt/missing.txt/' lesson.ini lessons/31-test/lesson.ini:7: missing.txt "No such file"
    new_lesson 32-other
    rm lessons/32-other/broken.c
    run --separate-stderr "$interleave" check --lessons lessons
    assert_equal "$status" 2
}

@test "lesson.ini that links a file that is not there, or no C file, is refused with file and line" {
    refused_after '7a sources = ../lib/missing.c' lesson.ini lessons/31-test/lesson.ini:8: ../lib/missing.c "No such file"
    refused_after '7a sources = correct.c ../must.h' lesson.ini lessons/31-test/lesson.ini:8: must.h "no C file"
    refused_after '7a sources = ..' lesson.ini lessons/31-test/lesson.ini:8: "no C file"
}

@test "a broken program without a marker is refused" {
    refused_after 's|/\*.*\*/||' broken.c lessons/31-test/broken.c mark
}

@test "a marker of an unknown kind is refused with file and line" {
    refused_after 's/fault: data-race/fault: daft-race/' broken.c lessons/31-test/broken.c:7: daft-race
    refused_after 's/fault: data-race/fault:/' broken.c lessons/31-test/broken.c:7: kind
    refused_after 's|data-race [*]/|data-race|' broken.c lessons/31-test/broken.c:7: marker
}

@test "a marker of another kind than lesson.ini expects is refused with file and line" {
    refused_after 's/fault: data-race/fault: deadlock/' broken.c lessons/31-test/broken.c:7: deadlock
}

@test "a marker in a correct program is refused with file and line" {
    refused_after 's|count++;|& /* fault: data-race */|' correct.c lessons/31-test/correct.c:9: marker
}

@test "two lessons of the same number are refused, both named" {
    new_lesson 31-test
    new_lesson 31-other
    check_lessons
    assert_refused 31-test 31-other
}

@test "a lesson.ini from another system, with CR LF or a byte order mark, is read" {
    new_lesson 31-test
    sed -i -e '1s/^/\xef\xbb\xbf/' -e 's/$/\r/' lessons/31-test/lesson.ini
    check_lessons --engines native,tsan
    assert_equal "$status" 0
}

@test "a lesson whose program does not compile fails, and says so" {
    new_lesson 31-test
    sed -i 's/return unused;/return/' lessons/31-test/correct.c
    check_lessons --engines native
    assert_equal "$status" 1
    assert_contains "$output" compile-error
    assert_contains "$output" correct.c:12
}

# Compiler and tools

unjudged() {
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_kinds ""
}

@test "a compiler that is not there is unavailable, with the remedy" {
    echo "$clean" >clean.c
    search=$(path_without clang)
    PATH=$search judge_json clean.c
    unjudged
    assert_reason native "clang is not installed"
    assert_reason native scripts/setup
    INTERLEAVE_CC=nosuchcompiler judge_json clean.c
    unjudged
    assert_reason tsan "nosuchcompiler is not installed"
    assert_reason tsan INTERLEAVE_CC
}

@test "INTERLEAVE_CC that is a directory, a text file or empty" {
    echo "$clean" >clean.c
    for compiler in "$PWD" "$PWD/clean.c"; do
        INTERLEAVE_CC=$compiler judge_json --engines native clean.c
        unjudged
        assert_reason native "$compiler"
    done
    INTERLEAVE_CC='' judge_json --engines native clean.c
    assert_verdict clean
}

@test "a compiler that fails without a word, prints garbage or dies is unavailable, not a compile-error" {
    echo "$clean" >clean.c
    for does in 'exit 1' 'printf "\377\376\0 \33[31mgarbage\n" >&2; exit 3' 'kill -SEGV $$' 'kill -KILL $$' 'exit 0' \
        'echo "clang: error: unable to execute command: Segmentation fault" >&2; exit 254'; do
        fake_tool fakecc <<<"#!/bin/bash
$does"
        INTERLEAVE_CC=fakecc judge_json --engines native,helgrind clean.c
        unjudged
        assert_outcome native unavailable
        assert_outcome helgrind unavailable
        assert_reason native fakecc
        iconv -f UTF-8 -t UTF-8 <<<"$output" >/dev/null
    done
}

@test "a compiler that floods its messages is stopped and unavailable" {
    echo "$clean" >clean.c
    fake_tool fakecc <<'E'
#!/bin/bash
exec yes 'clean.c:1:1: error: no end of this' >&2
E
    INTERLEAVE_CC=fakecc judge_json --engines native clean.c
    unjudged
    assert_reason native "was stopped: it said more than 1024 MiB"
    assert_no_children_left
}

@test "a compiler that is too old for a flag is unavailable, and the flag is named" {
    echo "$clean" >clean.c
    fake_tool oldcc <<'E'
#!/bin/bash
echo "clang: error: unknown argument: '-gdwarf-4'" >&2
exit 1
E
    INTERLEAVE_CC=oldcc judge_json --engines native clean.c
    unjudged
    assert_reason native -gdwarf-4
}

@test "a compiler without sanitizers makes their engines unavailable, and the program is not blamed" {
    echo "$clean" >clean.c
    fake_tool plaincc <<'E'
#!/bin/bash
for word; do [[ $word == -fsanitize=* ]] || kept+=("$word"); done
exec clang "${kept[@]}"
E
    INTERLEAVE_CC=plaincc judge_json --engines native,tsan,asan clean.c
    unjudged
    assert_outcome native clean
    assert_outcome tsan unavailable
    assert_outcome asan unavailable
    assert_reason tsan scripts/setup
    assert_reason asan scripts/setup
}

@test "a sanitizer's runtime that is not installed makes its engine unavailable, with the remedy" {
    echo "$clean" >clean.c
    fake_tool bareclang <<'E'
#!/bin/bash
[[ " $* " != *" -fsanitize=thread "* || " $* " == *" -c "* ]] || {
    echo "/usr/bin/ld: cannot find /usr/lib/clang/lib/linux/libclang_rt.tsan-x86_64.a: No such file or directory"
    echo "clang: error: linker command failed with exit code 1 (use -v to see invocation)"
    exit 1
} >&2
exec clang "$@"
E
    INTERLEAVE_CC=bareclang judge_json --engines native,tsan clean.c
    unjudged
    assert_outcome native clean
    assert_outcome tsan unavailable
    assert_reason tsan scripts/setup
}

@test "a linker that is not there makes every engine unavailable" {
    echo "$clean" >clean.c
    search=$(path_without ld ld.bfd ld.gold ld.lld)
    [[ $(PATH=$search clang -print-prog-name=ld) != */* ]] || skip "this clang finds its linker by itself"
    PATH=$search judge_json --engines native,asan clean.c
    unjudged
}

@test "valgrind that is not there is unavailable, with the remedy" {
    echo "$clean" >clean.c
    search=$(path_without valgrind)
    PATH=$search judge_json --engines native,helgrind clean.c
    unjudged
    assert_outcome native clean
    assert_reason helgrind "valgrind is not installed"
    assert_reason helgrind scripts/setup
}

@test "a valgrind that fails, dies or writes garbage is unavailable, never clean" {
    write_race race.c
    for does in 'exit 1' 'exit 0' 'kill -SEGV $$' 'kill -KILL $$' 'echo "valgrind: no" >&2; exit 1' \
        'printf "\0\1garbage" >"$xml"; exit 0' \
        'printf "<?xml version=\"1.0\"?>\n<valgrindoutput>\n<error><kind>Ra" >"$xml"; exit 0' \
        'printf "<?xml version=\"1.0\"?>\n<valgrindoutput>\n<status><state>RUNNING</state></status>" >"$xml"; exit 0'; do
        fake_tool valgrind <<<"#!/bin/bash
for word; do [[ \$word != --xml-file=* ]] || xml=\${word#*=}; done
xml=\${xml//%p/\$\$}
$does"
        judge_json --engines native,helgrind race.c
        unjudged
        assert_outcome helgrind unavailable
    done
}

@test "a valgrind that is too old for an option is unavailable, and the option is named" {
    echo "$clean" >clean.c
    fake_tool valgrind <<'E'
#!/bin/bash
echo "valgrind: Unknown option: --fair-sched=try" >&2
echo "valgrind: Use --help for more information or consult the user manual." >&2
exit 1
E
    judge_json --engines helgrind clean.c
    unjudged
    assert_reason helgrind "--fair-sched=try"
    assert_reason helgrind scripts/setup
}

@test "a valgrind that hangs is stopped and unavailable" {
    echo "$clean" >clean.c
    fake_tool valgrind <<'E'
#!/bin/bash
trap '' TERM INT HUP
while :; do sleep 1000; done
E
    judge_json --engines helgrind --timeout 1 clean.c
    unjudged
    assert_outcome helgrind unavailable
    assert_no_children_left
}

@test "a lesson that a missing tool should judge is neither passed nor failed" {
    new_lesson 31-test
    search=$(path_without valgrind)
    PATH=$search check_lessons
    assert_equal "$status" 2
    assert_contains "$output" "valgrind is not installed"
    run ! grep -q '^ok' <<<"$output"
}

# A library whose address is in ThreadSanitizer's way: the real runtime, and its real complaint.
obstruct_tsan() {
    echo 'int obstacle = 1;' >obstacle.c
    clang -shared -fPIC -Wl,-Ttext-segment=0x210000000000 obstacle.c -o libobstacle.so
    obstacle="-no-pie -Wl,--no-as-needed $PWD/libobstacle.so"
}

@test "a TSan that cannot map its memory is unavailable with the remedy, never clean and never a race" {
    obstruct_tsan
    write_race race.c
    echo "$clean" >clean.c
    for program in race.c clean.c; do
        judge_json --engines native,tsan --libs="$obstacle" "$program"
        unjudged
        assert_outcome native clean
        assert_outcome tsan unavailable
        assert_reason tsan "cannot map its memory"
        assert_reason tsan "vm.mmap_rnd_bits"
    done
    judge --engines native,tsan --libs="$obstacle" race.c
    assert_equal "$status" 2
    assert_contains "$output" "could not be judged"
    run ! grep -qE 'data-race|no engine finds' <<<"$output"
}

@test "what another engine sees still counts when TSan cannot map its memory" {
    obstruct_tsan
    write_race race.c
    judge_json --engines tsan,helgrind --libs="$obstacle" race.c
    assert_equal "$status" 1
    assert_verdict faulty
    assert_outcome tsan unavailable
    assert_equal "$(field '[.programs[0].faults[].engine] | unique[]')" helgrind
}

@test "sanitizers under a limit of the address space are unavailable, with the remedy" {
    write_race race.c
    run --separate-stderr prlimit --as=8000000000 "$interleave" run --format json --engines native,tsan,asan race.c
    unjudged
    for engine in tsan asan; do
        assert_outcome "$engine" unavailable
        assert_reason "$engine" "cannot map its memory"
        assert_reason "$engine" ulimit
    done
}

@test "a verdict that an engine could not give is not kept: once the tool is there, the program is judged" {
    write_race race.c
    search=$(path_without valgrind)
    PATH=$search judge_json --engines helgrind race.c
    unjudged
    judge_json --engines helgrind race.c
    assert_equal "$status" 1
    assert_kinds data-race
}

@test "a report that names no line of the program's own source makes it unjudged, not faulty, not clean" {
    write_race race.c
    sed -i '1i #line 1 "generated.y"' race.c # which is not here
    for engine in tsan helgrind; do
        judge_json --engines $engine race.c
        unjudged
        assert_reason $engine "no line of the program's own source"
    done
}

@test "a time-out is not kept: another day the machine may be less busy" {
    printf 'int main(void) { for (volatile long i = 0;; i++) ; }\n' >endless.c
    judge_json --engines native --timeout 1 endless.c
    assert_equal "$status" 1
    assert_kinds timeout
    assert_equal "$(ls "$BATS_TEST_TMPDIR/build/cache" 2>/dev/null)" ""
    printf 'int main(void) { return 0; }\n' >quick.c
    judge_json --engines native quick.c
    assert [ -n "$(ls "$BATS_TEST_TMPDIR/build/cache")" ]
}

@test "doctor names each engine that does not work, with the remedy, and exits 2" {
    search=$(path_without valgrind)
    PATH=$search run --separate-stderr "$interleave" doctor
    assert_equal "$status" 2
    assert_contains "$output" "valgrind is not installed"
    assert_equal "$(grep -c works <<<"$output")" 4
}

@test "the environment's own tool options do not reach the tools" {
    write_race race.c
    TSAN_OPTIONS=report_bugs=0 VALGRIND_OPTS=--tool=none INTERLEAVE_TSAN_REPORT=/nowhere \
        judge_json --engines tsan,helgrind race.c
    assert_equal "$status" 1
    assert_equal "$(field '[.programs[0].faults[].engine] | unique | join(" ")')" "helgrind tsan"
}
