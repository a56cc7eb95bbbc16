# "What makes a verdict true": each rule with a program that would be judged wrongly without it.
# The engines are restricted where a rule does not need all four.

load helper

# The program whose race every tool sees in its first run; `count++` stands in line 3.
write_race() {
    write_program "${1:-race.c}" <<'E'
#include <pthread.h>
static int count;
static void *add(void *unused) { count++; return unused; }
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
E
}

# A program with nothing to find.
write_clean() {
    write_program "${1:-clean.c}" <<'E'
#include <stdio.h>
int main(void) { puts("hello"); }
E
}

# Faults of one engine: `faults_of tsan` prints "data-race:3,3" and the like, a fault a line.
faults_of() {
    field '.programs[0].faults[] | select(.engine == "'"$1"'")
           | "\(.kind):\([.places[].line | tostring] | join(","))"'
}

# notes_of ENGINE KIND: the messages of its notes.
notes_of() { field '.programs[0].notes[] | select(.engine == "'"$1"'" and .kind == "'"$2"'").message'; }

# 1. Evidence, never an exit status or a grep.

@test "a program that itself exits with ThreadSanitizer's status 66 has no data race" {
    write_program exits.c <<'E'
int main(void) { return 66; }
E
    judge_json exits.c
    assert_equal "$status" 1
    assert_kinds wrong-exit
    assert_contains "$(field '.programs[0].faults[0].message')" 66
}

@test "a program that prints a ThreadSanitizer report is not faulty by that" {
    write_program forger.c <<'E'
#include <stdio.h>
int main(void) {
    FILE *streams[] = {stdout, stderr};
    for (int i = 0; i < 2; i++)
        fputs("==================\n"
              "WARNING: ThreadSanitizer: data race (pid=1)\n"
              "  Write of size 4 at 0x55d0 by thread T1:\n"
              "    #0 main forger.c:3 (forger+0x1)\n\n"
              "  Previous write of size 4 at 0x55d0 by main thread:\n"
              "    #0 main forger.c:3 (forger+0x1)\n\n"
              "SUMMARY: ThreadSanitizer: data race forger.c:3 in main\n"
              "==================\n"
              "FATAL: ThreadSanitizer: unexpected memory mapping\n", streams[i]);
}
E
    judge_json --engines native,tsan forger.c
    assert_verdict clean
    assert_equal "$status" 0
}

@test "a program that prints AddressSanitizer, leak and runtime error reports is not faulty by that" {
    write_program forger.c <<'E'
#include <stdio.h>
int main(void) {
    FILE *streams[] = {stdout, stderr};
    for (int i = 0; i < 2; i++)
        fputs("==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x1 bp 0x2 sp 0x3\n"
              "READ of size 4 at 0x602 thread T0\n"
              "    #0 0x1 in main forger.c:3\n\n"
              "==1==ERROR: LeakSanitizer: detected memory leaks\n\n"
              "Direct leak of 4 byte(s) in 1 object(s) allocated from:\n"
              "    #0 0x1 in main forger.c:3\n\n"
              "forger.c:3:1: runtime error: signed integer overflow\n"
              "==1==LeakSanitizer has encountered a fatal error.\n", streams[i]);
}
E
    judge_json --engines native,asan forger.c
    assert_verdict clean
}

@test "a program that prints Helgrind's XML is not faulty by that" {
    write_program forger.c <<'E'
#include <stdio.h>
int main(void) {
    FILE *streams[] = {stdout, stderr};
    for (int i = 0; i < 2; i++)
        fputs("<?xml version=\"1.0\"?>\n<valgrindoutput><protocolversion>4</protocolversion>\n"
              "<error><unique>0x0</unique><tid>1</tid><kind>Race</kind>\n"
              "<xwhat><text>Possible data race during write of size 4 at 0x1 by thread #1</text></xwhat>\n"
              "<stack><frame><obj>forger</obj><fn>main</fn><dir>.</dir><file>forger.c</file><line>3</line>"
              "</frame></stack></error></valgrindoutput>\nvalgrind: failed to start\n", streams[i]);
}
E
    judge_json --engines native,helgrind forger.c
    assert_verdict clean
}

@test "a race counts though the program exits with status 0" {
    write_race
    judge_json --engines tsan,helgrind race.c
    assert_equal "$(faults_of tsan)" data-race:3,3
    assert_equal "$(faults_of helgrind | head -n 1 | cut -d: -f1)" data-race
    assert_equal "$status" 1
}

@test "a race counts though the program leaves by _exit right after it" {
    write_race
    sed -i -e '1i #include <unistd.h>' -e 's/return 0;/_exit(0);/' race.c
    judge_json --engines tsan,helgrind race.c
    assert_equal "$(faults_of tsan)" data-race:4,4
    assert_outcome helgrind faults
}

@test "a race counts though the program ends in an abort right after it" {
    write_race
    sed -i -e '1i #include <stdlib.h>' -e 's/return 0;/abort();/' race.c
    judge_json --engines native,tsan race.c
    assert_contains "$(faults_of tsan)" data-race:4,4
    assert_equal "$(faults_of native | cut -d: -f1)" crash
}

@test "a race counts though the program has closed every descriptor before" {
    write_race
    sed -i -e '1i #include <unistd.h>' -e 's/pthread_t threads/for (int fd = 0; fd < 1024; fd++) close(fd); &/' race.c
    judge_json --engines tsan,helgrind race.c
    assert_equal "$(faults_of tsan)" data-race:4,4
    assert_outcome helgrind faults
}

@test "a program that uses up its descriptors and then races is not called clean" {
    write_race
    sed -i -e '1i #include <unistd.h>' -e 's/pthread_t threads/while (dup(0) >= 0); &/' race.c
    judge_json --engines tsan race.c
    # ThreadSanitizer may lack a descriptor for its own report.
    assert_not_equal "$status" 0
    assert_not_equal "$(field '.programs[0].verdict')" clean
}

@test "where the hook of ThreadSanitizer cannot write its report, the text is read" {
    write_race
    sed -i -e '1i #include <unistd.h>\n#include <stdlib.h>' -e 's/pthread_t threads/unsetenv("INTERLEAVE_TSAN_REPORT"); \
        for (int fd = 3; fd < 1024; fd++) close(fd); &/' race.c
    judge_json --engines tsan --keep kept race.c
    assert_equal "$(faults_of tsan)" data-race:5,5
    run ! grep data-race kept/*/tsan/run-1/reports.json # else this test tests nothing
}

@test "a race between two lines of a library is not the program's: no line of its source is named" {
    write_program library.c <<'E'
#include <pthread.h>
static int count;
static void *add(void *unused) { count++; return unused; }
void work(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], 0, add, 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], 0);
}
E
    clang -O0 -g -shared -fPIC -pthread -o libwork.so library.c
    write_program main.c <<'E'
void work(void);
int main(void) { work(); }
E
    judge_json --engines tsan,helgrind --libs "-L$PWD -lwork -Wl,-rpath,$PWD" main.c
    assert_verdict clean
}

@test "what a library does by itself when the program ends is not the program's" {
    write_program library.c <<'E'
#include <pthread.h>
void work(void);
void work(void) {}
__attribute__((destructor)) static void leave(void) {
    pthread_mutex_t never_made = {{.__count = 7, .__kind = 1}};
    pthread_mutex_destroy(&never_made);
    pthread_mutex_unlock(&never_made);
}
E
    clang -O0 -g -shared -fPIC -pthread -o libwork.so library.c
    write_program main.c <<'E'
void work(void);
int main(void) { work(); }
E
    judge_json --engines helgrind --keep kept --libs "-L$PWD -lwork -Wl,-rpath,$PWD" main.c
    assert_verdict clean
    grep -q '<error>' kept/*/helgrind/run-1/helgrind.xml # else this test tests nothing
    sed -i 's/^int main.*/#include <pthread.h>\nstatic pthread_mutex_t lock;\nint main(void) { work(); pthread_mutex_unlock(\&lock); }/' main.c
    judge_json --engines helgrind --libs "-L$PWD -lwork -Wl,-rpath,$PWD" main.c
    assert_equal "$(faults_of helgrind)" lock-misuse:4
}

@test "a read-write lock that nobody has used may be destroyed" {
    write_program unused.c <<'E'
#include <pthread.h>
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
int main(void) { return pthread_rwlock_destroy(&lock); }
E
    judge_json unused.c
    assert_verdict clean
}

@test "every fault of the tools names a line of the program" {
    write_program many.c <<'E'
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
static char *text;
static void *write_it(void *unused) { memset(text, 'x', 8); return unused; }
int main(void) {
    pthread_t threads[2];
    text = malloc(8);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, write_it, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    free(text);
    return text[0] == 'y';
}
E
    judge_json --engines tsan,asan,helgrind many.c
    assert_equal "$(field '[.programs[0].faults[] | select(.kind != "wrong-exit") | select(.places | length == 0)] | length')" 0
    assert_equal "$(field '[.programs[0].faults[].places[].file] | unique | join(" ")')" many.c
    assert_equal "$(faults_of asan)" use-after-free:14,13
}

@test "ThreadSanitizer's places lie in the function that makes the call: free, unlock, create" {
    write_program calls.c <<'E'
#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *number;
static void *work(void *unused) { return unused; }
static void *use(void *unused) {
    *number = 1; /* used */
    return unused;
}
static void drop(void) {
    free(number); /* freed */
}
static void give(void) {
    pthread_mutex_unlock(&lock); /* unlocked */
}
static void start(pthread_t *thread) {
    pthread_create(thread, NULL, work, NULL); /* created */
}
int main(void) {
    pthread_t lost, thread;
    start(&lost);
    give();
    number = malloc(sizeof *number);
    drop();
    pthread_create(&thread, NULL, use, NULL);
    pthread_join(thread, NULL);
}
E
    judge_json --engines tsan calls.c
    line() { grep -n "/\* $1 \*/" calls.c | cut -d: -f1; }
    assert_equal "$(faults_of tsan | sort)" "lock-misuse:$(line unlocked)
thread-leak:$(line created)
use-after-free:$(line used),$(line freed)"
    assert_equal "$(field '[.programs[0].faults[].places[].function] | unique | join(" ")')" "drop give start use"
}

# 2. An engine that could not run is unavailable.

@test "without valgrind a program that all others find clean is unjudged, and the remedy is named" {
    write_clean
    PATH=$(path_without valgrind) judge_json clean.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_outcome native clean
    assert_outcome tsan clean
    assert_outcome helgrind unavailable
    assert_reason helgrind "valgrind is not installed"
    assert_reason helgrind scripts/setup
}

@test "without valgrind a program in which another tool finds a fault is still faulty" {
    write_race
    PATH=$(path_without valgrind) judge_json --engines tsan,helgrind race.c
    assert_equal "$status" 1
    assert_verdict faulty
    assert_outcome helgrind unavailable
}

@test "a valgrind that fails is unavailable, and its own words are told" {
    fake_tool valgrind <<'E'
#!/bin/sh
echo "valgrind: failed to start tool 'helgrind' for platform 'amd64-linux'" >&2
exit 1
E
    write_clean
    judge_json --engines helgrind clean.c
    assert_equal "$status" 2
    assert_outcome helgrind unavailable
    assert_reason helgrind "failed to start tool"
}

@test "a valgrind that exits with success and reports nothing is unavailable" {
    fake_tool valgrind <<'E'
#!/bin/sh
exit 0
E
    write_race
    judge_json --engines helgrind race.c
    assert_equal "$status" 2
    assert_outcome helgrind unavailable
}

@test "a valgrind that is killed in the middle of its report is unavailable" {
    fake_tool valgrind <<'E'
#!/bin/sh
for argument; do
    case $argument in --xml-file=*)
        echo '<?xml version="1.0"?><valgrindoutput><status><state>RUNNING</state></status>' >"${argument#*=}" ;;
    esac
done
kill -KILL $$
E
    write_clean
    judge_json --engines helgrind clean.c
    assert_equal "$status" 2
    assert_outcome helgrind unavailable
}

@test "a ThreadSanitizer that cannot map its memory is unavailable, not a race" {
    write_clean
    ulimit -v 8000000
    judge_json --engines native,tsan clean.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_kinds ""
    assert_outcome native clean
    assert_outcome tsan unavailable
}

@test "an AddressSanitizer that cannot map its memory is unavailable, and the remedy is named" {
    write_clean
    ulimit -v 8000000
    judge_json --engines native,asan clean.c
    assert_equal "$status" 2
    assert_kinds ""
    assert_outcome asan unavailable
    assert_reason asan "ulimit -v unlimited"
}

@test "without a compiler nothing is judged" {
    write_clean
    PATH=$(path_without clang) judge_json clean.c
    assert_equal "$status" 2
    assert_verdict unjudged
    for engine in native tsan asan helgrind; do
        assert_outcome $engine unavailable
        assert_reason $engine "clang is not installed"
    done
}

@test "a compiler that fails for a reason of its own does not make the program faulty" {
    fake_tool clang <<'E'
#!/bin/sh
echo "clang: error: unable to execute command: Killed" >&2
exit 254
E
    write_clean
    judge_json --engines native clean.c
    assert_equal "$status" 2
    assert_verdict unjudged
}

@test "a lesson that lacks an engine cannot be judged: status 2, and not as expected" {
    new_lesson 01-test
    PATH=$(path_without valgrind) run --separate-stderr "$interleave" check --lessons lessons --format json
    assert_equal "$status" 2
    assert_equal "$(field '[.programs[].expectation] | unique | join(" ")')" not-met
    assert_contains "$(field '.programs[0].problems[0]')" "helgrind could not judge"
}

# 3. Expected faults are marked where they are.  4. Blindness is stated and checked.

# check ARGUMENT...: the lessons in ./lessons
check() { run --separate-stderr "$interleave" check --lessons lessons --format json "$@"; }

# assert_met NAME; assert_not_met NAME TEXT...: one problem has all the texts.
assert_met() { assert_equal "$(field '.programs[] | select(.name == "01-test/'"$1"'") | .expectation')" met; }

assert_not_met() {
    local name=$1 problems text
    shift
    assert_equal "$status" 1
    assert_equal "$(field '.programs[] | select(.name == "01-test/'"$name"'") | .expectation')" not-met
    problems=$(field '.programs[] | select(.name == "01-test/'"$name"'").problems[]')
    for text; do problems=$(grep -F -- "$text" <<<"$problems") || fail "no problem says: $text"$'\n'"$output"; done
}

@test "a lesson that behaves as it says is as expected" {
    new_lesson 01-test
    check
    assert_equal "$status" 0
    assert_met correct.c
    assert_met broken.c
}

@test "further files of a lesson's program are judged with it, and named without a way round" {
    new_lesson 01-test
    mkdir lessons/lib
    printf '%s\n' 'void add_one(int *count);' 'void add_one(int *count) {' '    ++*count; /* fault: data-race */' '}' >lessons/lib/add.c
    sed -i 's|count++;.*|void add_one(int *); add_one(\&count);|' lessons/01-test/broken.c
    sed -i 's|^fault = .*|&\nsources = ../lib/add.c|' lessons/01-test/lesson.ini
    check
    assert_equal "$status" 0
    assert_met broken.c
    assert_equal "$(field '.programs[] | select(.name == "01-test/broken.c") | [.faults[].places[] | .file] | unique | join(" ")')" lessons/lib/add.c
}

@test "a lesson's program gets its arguments; what they name in the lesson is judged with it" {
    new_lesson 01-test
    mkdir -p lessons/01-test/words/more
    echo 2 >lessons/01-test/words/more/number
    sed -i 's|^output.*|&\narguments = %s words|' lessons/01-test/lesson.ini
    sed -i -e 's|int main(void) {|int main(int argc, char **argv) { char path[200], number[9] = {0}; (void)argc;|' \
        -e 's|printf("%d.n", count)|snprintf(path, sizeof path, "%s/more/number", argv[2]); FILE *file = fopen(path, "r"); \
        if (!file) return 1; if (!fgets(number, sizeof number, file)) return 1; fclose(file); printf(argv[1], number)|' \
        lessons/01-test/correct.c
    check
    assert_met correct.c
    check
    assert_met correct.c
    echo 3 >lessons/01-test/words/more/number
    check
    assert_not_met correct.c wrong-output
}

@test "more threads at once than lesson.ini allows are memory-growth where the last one is created, for every engine" {
    new_lesson 01-test
    # Nobody ends before all are there; afterwards as many again, but one at a time.
    cat >lessons/01-test/correct.c <<'E'
#include <pthread.h>
#include <stdio.h>
static pthread_barrier_t all;
static void *meet(void *unused) {
    pthread_barrier_wait(&all);
    return unused;
}
static void *leave(void *unused) {
    pthread_exit(unused);
}
int main(void) {
    pthread_t threads[3];
    pthread_barrier_init(&all, NULL, 3);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, meet, NULL); // here
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < 3; i++) {
        pthread_create(&threads[0], NULL, leave, NULL);
        pthread_join(threads[0], NULL);
    }
    printf("2\n");
}
E
    sed -i 's/^\[correct.c\]/&\nthreads = 4/' lessons/01-test/lesson.ini
    check
    assert_met correct.c
    sed -i 's/^threads = 4/threads = 3/' lessons/01-test/lesson.ini
    check
    line=$(grep -n '// here' lessons/01-test/correct.c | cut -d: -f1)
    for engine in native tsan asan helgrind explore; do
        assert_not_met correct.c "$engine found a memory-growth at correct.c:$line" "more than 3 threads at once"
    done
    assert_equal "$(field '[.programs[] | select(.name == "01-test/correct.c").faults[].kind] | unique | join(" ")')" memory-growth
}

@test "a mark one line too low fails the check: the fault is not where it is said to be" {
    new_lesson 01-test
    sed -i -e 's| /\* fault: data-race \*/||' -e 's|return unused;|& /* fault: data-race */|' lessons/01-test/broken.c
    check --engines tsan
    line=$(grep -n 'fault:' lessons/01-test/broken.c | cut -d: -f1)
    assert_not_met broken.c "tsan must find a data-race at broken.c:$line" "did not"
    assert_not_met broken.c "tsan found a data-race at broken.c:$((line - 1))" "not expected"
    assert_met correct.c
}

@test "a second fault that no mark declares fails the check" {
    new_lesson 01-test
    sed -i -e 's|^static int count|static int other; &|' -e 's|count++;|other++;\n    &|' lessons/01-test/broken.c
    line=$(grep -n 'other++' lessons/01-test/broken.c | cut -d: -f1)
    check --engines tsan
    assert_not_met broken.c "tsan found a data-race at broken.c:$line" "not expected"
}

@test "a second fault of another kind fails the check" {
    new_lesson 01-test
    sed -i 's|printf("%d|return 3;&|' lessons/01-test/broken.c
    check --engines native,tsan
    assert_not_met broken.c "native found a wrong-exit" "not expected"
}

@test "a fault of another kind than the declared one fails the check, also at the marked line" {
    new_lesson 01-test
    sed -i 's|fault: data-race|fault: leak|' lessons/01-test/broken.c
    sed -i 's|^fault = data-race|fault = leak|' lessons/01-test/lesson.ini
    check --engines tsan
    assert_not_met broken.c "tsan must find a leak" "did not"
    assert_not_met broken.c "tsan found a data-race" "not expected"
}

@test "of a set of kinds one is enough" {
    new_lesson 01-test
    sed -i 's|fault: data-race|fault: data-race \| use-after-free|' lessons/01-test/broken.c
    sed -i 's|^fault = data-race|fault = data-race use-after-free|' lessons/01-test/lesson.ini
    check --engines tsan
    assert_met broken.c
    assert_equal "$status" 0
}

@test "a mark of another kind than lesson.ini declares is refused, with its line" {
    new_lesson 01-test
    sed -i 's|fault: data-race|fault: deadlock|' lessons/01-test/broken.c
    check --engines tsan
    assert_refused "broken.c:$(grep -n 'fault:' lessons/01-test/broken.c | cut -d: -f1)" deadlock data-race
}

@test "an engine that must see the fault and does not fails the check" {
    new_lesson 01-test
    sed -i -e 's/^must-see.*/must-see = asan tsan\ntries = 2/' -e 's/^may-see.*/may-see = native helgrind explore/' -e '/^blind/d' \
        lessons/01-test/lesson.ini
    check --engines asan
    assert_not_met broken.c "asan must find a data-race at broken.c" "lesson.ini:" "did not"
}

@test "an engine that is said to be blind and sees the fault fails the check" {
    new_lesson 01-test
    sed -i -e 's/^must-see.*/must-see = helgrind explore/' lessons/01-test/lesson.ini
    echo 'blind.tsan = It is not.' >>lessons/01-test/lesson.ini
    check --engines tsan
    assert_not_met broken.c "tsan finds the data-race" "blind" "lesson.ini:"
}

@test "an engine that may see the fault may also not" {
    new_lesson 01-test
    sed -i -e 's/^may-see.*/may-see = native asan/' -e '/^blind/d' lessons/01-test/lesson.ini
    check --engines native,asan
    assert_met broken.c
    assert_equal "$status" 0
}

# A lesson that the explorer cannot judge, since it calls fork.
new_lesson_beyond() {
    new_lesson "$1"
    sed -i -e '1i #include <sys/wait.h>\n#include <unistd.h>' \
        -e 's/pthread_t threads/if (fork() == 0) _exit(0); wait(NULL); &/' "lessons/$1"/*.c
    sed -i -e 's/^\[.*\.c\]$/&\nbeyond.explore = It makes a process,\n  which is not modelled./' \
        -e 's/ explore$//' "lessons/$1/lesson.ini"
}

@test "a lesson may say that its programs are beyond an engine, and why" {
    new_lesson_beyond 01-test
    check
    assert_equal "$status" 0
    assert_outcome explore unavailable
    assert_reason explore fork
    run --separate-stderr "$interleave" lesson 1 --lessons lessons
    assert_success
    assert_equal "$(grep -c '^  explore *unavailable  It makes a process, which is not modelled.$' <<<"$output")" 2
}

@test "an engine that can judge what is said to be beyond it fails the check, also where it sees no fault" {
    new_lesson_beyond 01-test
    sed -i 's/if (fork() == 0) _exit(0); wait(NULL);//' lessons/01-test/*.c
    check
    assert_equal "$status" 1
    assert_not_met correct.c "explore can judge" beyond.explore
    assert_not_met broken.c "explore can judge" beyond.explore
}

@test "an engine that fails for another reason is not excused by beyond" {
    new_lesson_beyond 01-test
    sed -i 's/beyond.explore/beyond.helgrind/; s/ helgrind$//; s/^must-see.*/& explore/' lessons/01-test/lesson.ini
    sed -i 's/if (fork() == 0) _exit(0); wait(NULL);//' lessons/01-test/*.c
    mkdir bin
    printf '#!/bin/sh\nexit 3\n' >bin/valgrind
    chmod +x bin/valgrind
    PATH=$PWD/bin:$PATH check
    assert_equal "$status" 2
    assert_equal "$(field '[.programs[].expectation] | join(" ")')" "not-met not-met"
    assert_contains "$(field '.programs[0].problems[]')" "helgrind could not judge"
}

@test "an engine that may see the fault must not see it elsewhere" {
    new_lesson 01-test
    sed -i -e 's| /\* fault: data-race \*/||' -e 's|return unused;|& /* fault: data-race */|' lessons/01-test/broken.c
    sed -i -e 's/^must-see.*/must-see = helgrind explore/' -e 's/^may-see.*/may-see = native tsan/' lessons/01-test/lesson.ini
    check --engines tsan
    assert_not_met broken.c "tsan found a data-race" "not expected"
}

@test "a correct program with a fault fails the check, with the fault's kind and line" {
    new_lesson 01-test
    sed 's| /\* fault: data-race \*/||' lessons/01-test/broken.c >lessons/01-test/correct.c
    check --engines tsan
    assert_not_met correct.c "tsan found a data-race at correct.c:$(grep -n 'count++' lessons/01-test/correct.c | cut -d: -f1)"
}

@test "a correct program that prints something else fails the check" {
    new_lesson 01-test
    echo 3 >lessons/01-test/expected.txt
    check --engines native
    assert_not_met correct.c "wrong-output" "should print \"3\"" "prints \"2\""
}

@test "a correct program that prints the right lines in another order fails, unless any order will do" {
    new_lesson 01-test
    printf '1\n2\n' >lessons/01-test/expected.txt
    sed -i 's|printf("%d.n", count)|puts("2"), puts("1")|' lessons/01-test/correct.c
    check --engines native
    assert_not_met correct.c wrong-output
    sed -i 's|^output.*|&\norder = any|' lessons/01-test/lesson.ini
    check --engines native
    assert_met correct.c
}

@test "a correct program that does not compile fails the check, with the line" {
    new_lesson 01-test
    echo 'int oops' >>lessons/01-test/correct.c
    check
    assert_not_met correct.c "compile-error" "correct.c:$(wc -l <lessons/01-test/correct.c)"
}

@test "a broken program that is mended fails the check" {
    new_lesson 01-test
    sed 's|count++;|& /* fault: data-race */|' lessons/01-test/correct.c >lessons/01-test/broken.c
    sed -i 's/^must-see/tries = 2\n&/' lessons/01-test/lesson.ini
    check --engines tsan,helgrind
    assert_not_met broken.c "tsan must find"
    assert_not_met broken.c "helgrind must find"
}

# 6. No luck. These programs note in a file how often they ran, and go wrong in a certain run only.

# write_late N STATEMENT: in its Nth run, counted by the bytes of ./ran, the program makes STATEMENT.
write_late() {
    write_program late.c <<E
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
static int count;
static void *add(void *unused) { count++; return unused; }
static void race(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, add, NULL);
    add(NULL);
    pthread_join(thread, NULL);
}
int main(void) {
    int file = open("$PWD/ran", O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (write(file, "x", 1) != 1)
        return 1;
    if (lseek(file, 0, SEEK_END) == $1)
        $2;
    (void)race;
    return 0;
}
E
}

ran() { stat -c %s ran; }

@test "a program that fails in its tenth native run is not clean" {
    write_late 10 'return 7'
    judge_json --engines native late.c
    assert_kinds wrong-exit
    assert_equal "$(ran)" 10
}

# Clang 14 does not instrument `sums[1]` and `part.sum` by itself, only plain local variables.
@test "threads that live one after the other are not counted as living at once, however many they are" {
    new_lesson 01-test
    cat >lessons/01-test/correct.c <<'E'
#include <pthread.h>
#include <stdio.h>
static void *leave(void *unused) {
    return unused;
}
int main(void) {
    pthread_t thread;
    for (int i = 0; i < 9000; i++) { // more than the harness has places for
        pthread_create(&thread, NULL, leave, NULL);
        pthread_join(thread, NULL);
    }
    printf("2\n");
}
E
    sed -i 's/^\[correct.c\]/&\nthreads = 4/' lessons/01-test/lesson.ini
    check --engines native
    assert_met correct.c
}

@test "ThreadSanitizer sees races on parts of local variables that another thread has the address of" {
    local declaration address access
    while IFS='|' read -r declaration address access; do
        write_program local.c <<E
#include <pthread.h>
struct part { long first; int sum; };
static void *add(void *sum) { *(int *)sum += 1; return NULL; }
int main(void) {
    pthread_t thread;
    $declaration;
    pthread_create(&thread, NULL, add, $address);
    int sum = $access;
    pthread_join(thread, NULL);
    return sum > 1;
}
E
        judge_json --engines tsan local.c
        assert_equal "$access: $(field '[.programs[0].faults[].places[].line] | unique | join(" ")')" "$access: 3 8"
        assert_kinds data-race
    done <<'E'
int sums[2] = {0}|&sums[1]|sums[1]
struct part part = {0, 0}|&part.sum|part.sum
struct part parts[2] = {{0, 0}, {0, 0}}|&parts[1].sum|parts[1].sum
E
}

@test "a null pointer that is followed is a crash to ThreadSanitizer" {
    write_program null.c <<'E'
int main(int count, char **arguments) {
    int *nowhere = count > 100 ? (int *)(void *)arguments : (int *)0;
    return *nowhere;
}
E
    judge_json --engines tsan null.c
    assert_kinds crash
}

@test "a race that shows in the tenth run of ThreadSanitizer is found" {
    write_late 10 'race()'
    judge_json --engines tsan late.c
    assert_equal "$(faults_of tsan)" data-race:6,6
}

@test "a fault that must be seen is tried for until it shows, and no longer" {
    new_lesson 01-test
    write_late 3 'race()'
    sed 's|count++;|count++; return unused; /* fault: data-race */|; s|data-race \*/ return unused; }|data-race */\n}|' \
        late.c >lessons/01-test/broken.c
    echo 'tries = 5' >>lessons/01-test/lesson.ini
    check --engines tsan
    assert_met broken.c
    assert_equal "$(ran)" 3
}

@test "a fault that must be seen and does not show in as many tries as are given fails the check" {
    new_lesson 01-test
    write_late 3 'race()'
    sed 's|count++;|count++; return unused; /* fault: data-race */|; s|data-race \*/ return unused; }|data-race */\n}|' \
        late.c >lessons/01-test/broken.c
    echo 'tries = 2' >>lessons/01-test/lesson.ini
    check --engines tsan
    assert_not_met broken.c "tsan must find"
    assert_equal "$(ran)" 2
}

@test "a correct program is run as often as its lesson says" {
    new_lesson 01-test
    write_late 4 'return 7'
    sed 's|return 0|write(1, "2", 1); return 0|' late.c >lessons/01-test/correct.c
    sed -i 's/^output.*/&\nruns = 3/' lessons/01-test/lesson.ini
    check --engines native
    assert_met correct.c
    assert_equal "$(ran)" 3
}

# 7. Fail closed.

@test "a program that kills the process that watches it is not clean" {
    write_program killer.c <<'E'
#include <signal.h>
#include <unistd.h>
int main(void) {
    kill(getppid(), SIGKILL);
    pause();
}
E
    judge_json --engines native,tsan killer.c
    assert_equal "$status" 2
    assert_verdict unjudged
    assert_reason native "killed"
    wait_until no_children_left
}

@test "a program that is killed is not clean, whichever engine alone looks" {
    write_program dies.c <<'E'
#include <signal.h>
int main(void) { raise(SIGKILL); }
E
    for engine in native tsan asan helgrind; do
        judge_json --engines $engine dies.c
        assert_not_equal "$engine: $status" "$engine: 0"
        assert_not_equal "$engine: $(field '.programs[0].verdict')" "$engine: clean"
    done
}

@test "a program that cannot be linked is faulty, not unjudged" {
    write_program nowhere.c <<'E'
void nowhere(void);
int main(void) { nowhere(); }
E
    judge_json nowhere.c
    assert_equal "$status" 1
    assert_kinds compile-error
}

@test "a report that cannot be written is no success" {
    write_clean
    run --separate-stderr bash -c '"$1" run --engines native clean.c >/dev/full' - "$interleave"
    assert_equal "$status" 2
    assert_says "standard output"
}

# When tools disagree

handoff='#include <pthread.h>
#include <stdatomic.h>
static int message;
static atomic_int ready;
static void *send(void *unused) {
    message = 42;
    atomic_store_explicit(&ready, 1, memory_order_release);
    return unused;
}
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, send, NULL);
    while (!atomic_load_explicit(&ready, memory_order_acquire))
        ;
    int result = message != 42;
    pthread_join(thread, NULL);
    return result;
}'

@test "Helgrind's race on a release and acquire hand-off is a note that says why" {
    write_program handoff.c <<<"$handoff"
    judge_json --engines tsan,helgrind handoff.c
    assert_equal "$status" 0
    assert_verdict clean
    assert_outcome helgrind clean
    assert_contains "$(notes_of helgrind data-race)" "Helgrind does not know C11 atomics"
}

@test "a signal that is given without the lock, while somebody else holds it, is a note" {
    cat >signal.c <<'E'
#include <pthread.h>
#include <sched.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int waits, ready;

static void *wait(void *unused) {
    pthread_mutex_lock(&lock);
    waits = 1;
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    return unused;
}

static void *wake(void *unused) {
    pthread_cond_signal(&changed);
    return unused;
}

int main(void) {
    pthread_t waiter, waker;
    pthread_create(&waiter, NULL, wait, NULL);
    for (int seen = 0; !seen; sched_yield()) {
        pthread_mutex_lock(&lock);
        seen = waits;
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_create(&waker, NULL, wake, NULL);
    pthread_join(waker, NULL);
    pthread_mutex_unlock(&lock);
    pthread_join(waiter, NULL);
    return 0;
}
E
    judge_json --engines helgrind signal.c
    assert_outcome helgrind clean
    assert_contains "$(notes_of helgrind lock-misuse)" "associated lock is not held by calling thread"
}

@test "the same report stays a fault where ThreadSanitizer has not looked" {
    write_program handoff.c <<<"$handoff"
    judge_json --engines helgrind handoff.c
    assert_equal "$status" 1
    assert_kinds data-race
}

@test "the same report stays a fault where ThreadSanitizer could not look" {
    write_program handoff.c <<<"$handoff"
    sed -i 's|pthread_t thread;|if (\&__tsan_init) __builtin_trap(); &|; s|^static int message|extern void __tsan_init(void) __attribute__((weak)); &|' \
        handoff.c
    judge_json --engines tsan,helgrind handoff.c
    assert_equal "$status" 1
    assert_outcome helgrind faults
    assert_contains "$(faults_of helgrind)" data-race
}

@test "a true race in a program that uses atomics as well stays a fault, of both tools" {
    write_program handoff.c <<<"$handoff"
    sed -i -e 's/memory_order_release/memory_order_relaxed/' handoff.c
    judge_json --engines tsan,helgrind handoff.c
    assert_equal "$status" 1
    assert_kinds data-race
    for engine in tsan helgrind; do
        assert_contains "$engine $(faults_of $engine)" "$engine data-race:"
        message=$(field '.programs[0].faults[] | select(.engine == "'$engine'").message')
        assert_contains "$message" "handoff.c:$(grep -n 'message = 42' handoff.c | cut -d: -f1)"
        assert_contains "$message" "handoff.c:$(grep -n 'message != 42' handoff.c | cut -d: -f1)"
    done
}

@test "a race next to a sound hand-off: the race is a fault at its own line, whatever the tools say of the hand-off" {
    write_program handoff.c <<<"$handoff"
    sed -i -e 's/^static int message/static int calls; &/' -e 's/^    message = 42;/&\n    calls++;/' \
        -e 's/^    while/    calls++;\n&/' handoff.c
    judge_json --engines tsan,helgrind handoff.c
    assert_equal "$status" 1
    assert_kinds data-race
    lines=$(grep -n 'calls++' handoff.c | cut -d: -f1 | sort -n | paste -sd,)
    assert_equal "$(field '[.programs[0].faults[] | select(.engine == "tsan").places[].line] | unique | join(",")')" "$lines"
}

@test "races that Helgrind sees for want of knowing pthread_once, sem_trywait and pipes are notes, each with its reason" {
    write_program once.c <<'E'
#include <pthread.h>
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int table[4];
static void fill(void) { table[1] = 1; }
static void *look(void *unused) {
    pthread_once(&once, fill);
    return table[1] ? unused : &once;
}
int main(void) {
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, look, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}
E
    write_program trywait.c <<'E'
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
static sem_t filled;
static int slot;
static void *fill(void *unused) {
    slot = 1;
    sem_post(&filled);
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&filled, 0, 0);
    pthread_create(&thread, NULL, fill, NULL);
    while (sem_trywait(&filled) != 0)
        sched_yield();
    int result = slot != 1;
    pthread_join(thread, NULL);
    return result;
}
E
    write_program pipe.c <<'E'
#include <pthread.h>
#include <unistd.h>
static int ends[2], slot;
static void *fill(void *unused) {
    slot = 1;
    return write(ends[1], "x", 1) == 1 ? unused : NULL;
}
int main(void) {
    pthread_t thread;
    char byte;
    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, fill, NULL);
    if (read(ends[0], &byte, 1) != 1)
        return 1;
    int result = slot != 1;
    pthread_join(thread, NULL);
    return result;
}
E
    local name
    for name in once trywait pipe; do
        judge_json --engines tsan,helgrind $name.c
        assert_equal "$name $(field '.programs[0].verdict')" "$name clean"
        # Helgrind may happen to see the order; when it does not, it says what it does not know.
        assert_equal "$name $(field '[.programs[0].notes[] | select(.message | contains("Helgrind does not know") | not)] | length')" "$name 0"
    done
    judge_json --engines tsan,helgrind trywait.c
    assert_contains "$(notes_of helgrind data-race)" "sem_trywait"
    judge_json --engines tsan,helgrind pipe.c
    assert_contains "$(notes_of helgrind data-race)" "pipes and sockets"
}

# Both orders of two locks, by two threads one after the other, so that no run can hang.
# write_orders BEFORE AFTER BETWEEN: statements around the two locks, and between the two threads' work.
write_orders() {
    write_program orders.c <<E
#include <pthread.h>
#include <semaphore.h>
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static sem_t turn;
static void *one(void *unused) {
    (void)gate;
    $1;
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    $2;
    sem_post(&turn);
    return unused;
}
static void *other(void *unused) {
    sem_wait(&turn);
    $1;
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left);
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    $2;
    return unused;
}
int main(void) {
    pthread_t first, second;
    sem_init(&turn, 0, 0);
    $3
}
E
}

together='pthread_create(&first, NULL, one, NULL); pthread_create(&second, NULL, other, NULL);
    pthread_join(first, NULL); pthread_join(second, NULL);'

@test "locks taken in both orders are a fault, of both tools, that names both locks and all lines" {
    write_orders "" "" "$together"
    judge_json --engines tsan,helgrind orders.c
    assert_equal "$status" 1
    assert_kinds lock-order
    for engine in tsan helgrind; do
        assert_outcome $engine faults
        message=$(field '.programs[0].faults[] | select(.engine == "'$engine'").message')
        assert_contains "$message" 'T1 takes `right` (orders.c:10) while it holds `left` (orders.c:9)'
        assert_contains "$message" 'T2 takes `left` (orders.c:21) while it holds `right` (orders.c:20)'
        assert_equal "$(field '[.programs[0].faults[] | select(.engine == "'$engine'").places[].line] | unique | join(" ")')" "9 10 20 21"
    done
}

# assert_order_noted: no fault, but a note of each tool that says why.
assert_order_noted() {
    judge_json --engines tsan,helgrind orders.c
    assert_equal "$status" 0
    assert_verdict clean
    for engine in tsan helgrind; do
        assert_contains "$engine: $(notes_of $engine lock-order)" "the two orders could not meet"
    done
}

@test "a lock order that a gate lock protects is a note" {
    write_orders "pthread_mutex_lock(&gate)" "pthread_mutex_unlock(&gate)" "$together"
    assert_order_noted
}

@test "a gate that protects one of the two orders only makes no difference" {
    write_orders "" "" "$together"
    sed -i '9s/^/pthread_mutex_lock(\&gate);/; 12s/$/pthread_mutex_unlock(\&gate);/' orders.c
    judge_json --engines tsan,helgrind orders.c
    assert_kinds lock-order
    assert_outcome tsan faults
    assert_outcome helgrind faults
}

@test "a gate that is only read-locked keeps nobody apart" {
    write_orders "pthread_rwlock_rdlock(&door)" "pthread_rwlock_unlock(&door)" "$together"
    sed -i 's/^static sem_t turn;/& static pthread_rwlock_t door = PTHREAD_RWLOCK_INITIALIZER;/' orders.c
    judge_json --engines tsan,helgrind orders.c
    assert_contains "$(field '[.programs[0].faults[].kind] | join(" ")')" lock-order
}

@test "both orders in one thread alone are a note" {
    write_orders "" "" "one(NULL); other(NULL); (void)first; (void)second;"
    assert_order_noted
}

@test "both orders in threads that never live at the same time are a note" {
    write_orders "" "" "pthread_create(&first, NULL, one, NULL); pthread_join(first, NULL);
        pthread_create(&second, NULL, other, NULL); pthread_join(second, NULL);"
    assert_order_noted
}

@test "one order in main before the thread exists, the other in the thread: a note" {
    write_orders "" "" "one(NULL); pthread_create(&second, NULL, other, NULL); pthread_join(second, NULL); (void)first;"
    assert_order_noted
}

@test "one order in main after the thread was started stays a fault, whenever it happens to run" {
    write_orders "" "" "pthread_create(&second, NULL, other, NULL); one(NULL); pthread_join(second, NULL); (void)first;"
    judge_json --engines tsan,helgrind orders.c
    assert_kinds lock-order
    assert_outcome tsan faults
    assert_outcome helgrind faults
}

@test "a note about a protected order does not hide an unprotected one" {
    write_orders "pthread_mutex_lock(&gate)" "pthread_mutex_unlock(&gate)" "$together"
    sed -i -e 's/^static sem_t turn;/& static pthread_mutex_t up = PTHREAD_MUTEX_INITIALIZER, down = PTHREAD_MUTEX_INITIALIZER;/' \
        -e 's/^    sem_post/    pthread_mutex_lock(\&up); pthread_mutex_lock(\&down); pthread_mutex_unlock(\&down); pthread_mutex_unlock(\&up);\n&/' \
        -e 's/^    sem_wait.*/&\n    pthread_mutex_lock(\&down); pthread_mutex_lock(\&up); pthread_mutex_unlock(\&up); pthread_mutex_unlock(\&down);/' \
        orders.c
    judge_json --engines tsan,helgrind orders.c
    for engine in tsan helgrind; do
        message=$(field '[.programs[0].faults[] | select(.engine == "'$engine'" and .kind == "lock-order").message] | join(" ")')
        assert_contains "$engine $message" '`up`'
        assert_contains "$engine $message" '`down`'
        assert_equal "$engine $message" "${engine} ${message//'`left`'/}"
    done
}

@test "a thread that has ended and that nobody joins is a leak in a program that joins others" {
    write_program leak.c <<'E'
#include <pthread.h>
static void *work(void *unused) { return unused; }
int main(void) {
    pthread_t kept, lost;
    pthread_create(&kept, NULL, work, NULL);
    pthread_create(&lost, NULL, work, NULL); /* leaks */
    pthread_join(kept, NULL);
}
E
    judge_json --engines tsan leak.c
    assert_equal "$status" 1
    assert_equal "$(faults_of tsan)" thread-leak:6
}

# write_unjoined STATEMENT: a thread that main does not join. Whether it has ended when main does is a matter
# of the schedule, and ThreadSanitizer waits a second when it has not, so it runs three times only.
write_unjoined() {
    new_lesson 01-test
    cat >lessons/01-test/correct.c <<E
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
static sem_t done;
static void *work(void *unused) {
    sem_post(&done);
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&done, 0, 0);
    pthread_create(&thread, NULL, work, NULL);
    $1
    sem_wait(&done);
    puts("2");
}
E
    sed -i 's/^output.*/&\nruns = 3/' lessons/01-test/lesson.ini
}

@test "threads that a program never joins and simply ends with are a note at most" {
    write_unjoined ""
    check --engines tsan
    assert_met correct.c
    assert_verdict clean
    assert_equal "$(field '[.programs[0].notes[] | select(.kind != "thread-leak")] | length')" 0
}

@test "many threads that have ended and that nobody joins are a leak, though the program joins none" {
    write_program pile.c <<'E'
#include <pthread.h>
#include <semaphore.h>
static sem_t done;
static void *work(void *unused) {
    sem_post(&done);
    return unused;
}
int main(void) {
    pthread_t thread;
    sem_init(&done, 0, 0);
    for (int i = 0; i < 200; i++) {
        pthread_create(&thread, NULL, work, NULL); /* leaks */
        sem_wait(&done);
    }
}
E
    judge_json --engines tsan pile.c
    assert_equal "$(faults_of tsan)" thread-leak:12
}

@test "ThreadSanitizer alone sees that a held mutex is destroyed" {
    judge_json --engines tsan "$project/tests/programs/destroy-held-wrong.c"
    assert_equal "$status" 1
    assert_kinds lock-misuse
}

@test "a detached thread is no leak" {
    write_unjoined "pthread_detach(thread);"
    check --engines tsan
    assert_met correct.c
    assert_verdict clean
    assert_equal "$(field '.programs[0].notes | length')" 0
}

# The environment of the harness must not leak in.

# A race, a leak and a use after free: something for every tool to miss.
write_three() {
    write_race three.c
    sed -i -e '1i #include <stdlib.h>' -e 's/return 0;/malloc(7); int *gone = malloc(4); *gone = 0; free(gone); return *gone * 0;/' \
        three.c
}

verdict_of_three() {
    judge_json --fresh three.c
    field '[.programs[0].faults[] | select(.engine != "native") | "\(.engine) \(.kind)"] | unique | .[]'
}

@test "options of the tools in the environment change no verdict" {
    write_three
    before=$(verdict_of_three)
    assert_contains "$before" "asan use-after-free"
    assert_contains "$before" "tsan data-race"
    assert_contains "$before" "helgrind data-race"
    export TSAN_OPTIONS=report_bugs=0:exitcode=0:log_path=/dev/null INTERLEAVE_TSAN_REPORT=/dev/null
    export ASAN_OPTIONS=detect_leaks=0:halt_on_error=0:verbosity=1 LSAN_OPTIONS=report_objects=1:detect_leaks=0
    export UBSAN_OPTIONS=silence_unsigned_overflow=1 VALGRIND_OPTS="--tool=none -q" VALGRIND_LIB=/nowhere
    export GLIBC_TUNABLES=glibc.malloc.check=3 MALLOC_CHECK_=3 MALLOC_PERTURB_=7
    assert_equal "$(verdict_of_three)" "$before"
}

@test "a leak is found though ASAN_OPTIONS forbids to look for leaks" {
    write_program leak.c <<'E'
#include <stdlib.h>
int main(void) { return malloc(7) == NULL; }
E
    export ASAN_OPTIONS=detect_leaks=0 LSAN_OPTIONS=detect_leaks=0:exitcode=0
    judge_json --engines asan leak.c
    assert_equal "$(faults_of asan)" leak:2
}

@test "valgrind's own files of options change no verdict" {
    write_race
    printf '{\n all\n Helgrind:Race\n ...\n}\n' >all.supp
    echo "--suppressions=$PWD/all.supp" | tee "$HOME/.valgrindrc" >.valgrindrc
    judge_json --engines helgrind race.c
    assert_outcome helgrind faults
    assert_kinds data-race
}

@test "a library that is preloaded into the harness is not loaded into the program" {
    write_program digits.c <<'E'
long a64l(const char *text);
int main(void) { return a64l(".") != 0; }
E
    echo 'long a64l(const char *text); long a64l(const char *text) { return text[0]; }' >other.c
    clang -shared -fPIC -o other.so other.c
    LD_PRELOAD=$PWD/other.so judge_json --engines native,tsan,helgrind digits.c
    assert_verdict clean
}

@test "compiler variables in the environment change no verdict" {
    write_race
    mkdir bad
    echo '#error this header is not for you' >bad/pthread.h
    CPATH=$PWD/bad C_INCLUDE_PATH=$PWD/bad LIBRARY_PATH=$PWD/bad CCC_OVERRIDE_OPTIONS="# O2 x-g" \
        judge_json --engines tsan race.c
    assert_equal "$(faults_of tsan)" data-race:3,3
}

@test "the program does not see the environment of the harness" {
    write_program sees.c <<'E'
#include <stdlib.h>
int main(void) { return getenv("SECRET_TOKEN") != NULL; }
E
    SECRET_TOKEN=x judge_json --engines native sees.c
    assert_verdict clean
}

# The cache

@test "nothing has changed: the program is not run again, and the verdict is the same" {
    write_late 0 ''
    judge_json --engines native late.c
    first=$output
    runs=$(ran)
    judge_json --engines native late.c
    assert_equal "$(ran)" "$runs"
    assert_equal "$output" "$first"
}

@test "--fresh runs the program again" {
    write_late 0 ''
    judge_json --engines native late.c
    runs=$(ran)
    judge_json --engines native --fresh late.c
    assert_equal "$(ran)" $((2 * runs))
}

@test "--keep runs the program again, for its evidence" {
    write_late 0 ''
    judge_json --engines native late.c
    runs=$(ran)
    judge_json --engines native --keep kept late.c
    assert_equal "$(ran)" $((2 * runs))
    assert_exists kept
}

@test "an edited source gives a new verdict" {
    write_race
    judge_json --engines tsan race.c
    assert_verdict faulty
    sed -i 's/count++;//' race.c
    judge_json --engines tsan race.c
    assert_verdict clean
}

@test "an edited header of the program's own gives a new verdict, also one that another includes" {
    write_race
    mkdir "my headers"
    echo '#include "inner.h"' >"my headers/outer.h"
    echo '#define STEP count++' >"my headers/inner.h"
    sed -i -e 's/count++/(void)count; STEP/' -e '1i #include "my headers/outer.h"' race.c
    judge_json --engines tsan race.c
    assert_verdict faulty
    echo '#define STEP' >"my headers/inner.h"
    judge_json --engines tsan race.c
    assert_verdict clean
    echo '#define STEP count++' >"my headers/inner.h"
    judge_json --engines tsan race.c
    assert_verdict faulty
}

@test "what is saved while it is judged has no verdict of what was there before, a header neither" {
    local changed
    for changed in late.c result.h; do
        write_program late.c <<E
#include "result.h"
#include <stdio.h>
int main(void) {
    rename("$PWD/saved", "$PWD/$changed");
    return RESULT;
}
E
        echo '#define RESULT 7' >result.h
        sed 's/RESULT;/0;/; s/7/0/' "$changed" >saved
        judge_json --engines native late.c
        assert_kinds wrong-exit
        assert_not_exists saved
        judge_json --engines native late.c
        assert_verdict clean
    done
}

@test "a changed flag gives a new verdict" {
    write_race
    sed -i 's/count++/count += STEP/; s/count += STEP/if (STEP) &/' race.c
    judge_json --engines tsan --cflags=-DSTEP=1 race.c
    assert_verdict faulty
    judge_json --engines tsan --cflags=-DSTEP=0 race.c
    assert_verdict clean
}

@test "changed arguments, input and expected output give a new verdict" {
    write_program echo.c <<'E'
#include <stdio.h>
int main(int count, char **arguments) {
    char line[64] = "";
    printf("%s%s", count > 1 ? arguments[1] : "", fgets(line, sizeof line, stdin) ? line : "");
}
E
    printf b >input
    printf ab >expected
    judge_json --engines native --args a --stdin input --expect expected echo.c
    assert_verdict clean
    judge_json --engines native --args b --stdin input --expect expected echo.c
    assert_verdict faulty
    printf c >input
    judge_json --engines native --args a --stdin input --expect expected echo.c
    assert_verdict faulty
    printf ac >expected
    judge_json --engines native --args a --stdin input --expect expected echo.c
    assert_verdict clean
}

@test "a changed object among the libraries gives a new verdict" {
    write_program main.c <<'E'
int answer(void);
int main(void) { return answer() != 42; }
E
    echo 'int answer(void) { return 42; }' >answer.c
    clang -c -o answer.o answer.c
    judge_json --engines native --libs "$PWD/answer.o" main.c
    assert_verdict clean
    echo 'int answer(void) { return 43; }' >answer.c
    clang -c -o answer.o answer.c
    judge_json --engines native --libs "$PWD/answer.o" main.c
    assert_verdict faulty
}

@test "another set of engines is another verdict" {
    write_race
    judge_json --engines native race.c
    judge_json --engines tsan race.c
    assert_kinds data-race
    assert_equal "$(field '.programs[0].engines | keys | join(" ")')" tsan
}

@test "a changed lesson.ini gives a new verdict" {
    new_lesson 01-test
    check --engines tsan
    assert_met broken.c
    sed -i -e 's/^must-see.*/must-see = helgrind explore/' lessons/01-test/lesson.ini
    echo 'blind.tsan = It is not.' >>lessons/01-test/lesson.ini
    check --engines tsan
    assert_not_met broken.c "tsan finds the data-race"
}

@test "a moved mark gives a new verdict" {
    new_lesson 01-test
    check --engines tsan
    assert_met broken.c
    sed -i -e 's| /\* fault: data-race \*/||' -e 's|return unused;|& /* fault: data-race */|' lessons/01-test/broken.c
    check --engines tsan
    assert_not_met broken.c "did not"
}

@test "a verdict that an engine could not give is not kept" {
    write_race
    fake_tool valgrind < <(printf '#!/bin/sh\n[ -e "$HOME/fail" ] && exit 1\nexec %s "$@"\n' "$(command -v valgrind)")
    touch "$HOME/fail"
    judge_json --engines helgrind race.c
    assert_outcome helgrind unavailable
    rm "$HOME/fail"
    judge_json --engines helgrind race.c
    assert_outcome helgrind faults
}

@test "a verdict with a tool is not one without it" {
    write_race
    judge_json --engines helgrind race.c
    assert_outcome helgrind faults
    PATH=$(path_without valgrind) judge_json --engines helgrind race.c
    assert_outcome helgrind unavailable
}

@test "a verdict of one compiler is not another's" {
    write_clean
    judge_json --engines native clean.c
    assert_verdict clean
    fake_tool clang <<'E'
#!/bin/sh
exit 3
E
    judge_json --engines native clean.c
    assert_verdict unjudged
}

@test "a corrupt cache file is harmless: empty, cut off, binary or another's JSON" {
    write_race
    judge_json --engines tsan race.c
    assert_verdict faulty
    local file rubbish
    file=$(echo "$BATS_TEST_TMPDIR"/build/cache/*.json)
    assert_file_exist "$file"
    for rubbish in '' '{"results":[' $'\1\2\3' '[]' '{"results":[{}],"headers":{}}' \
        '{"results":[{"outcome":0,"reason":"10 runs","seconds":1}],"headers":{}}' \
        '{"results":[{"outcome":9,"reason":7,"seconds":"x","traits":0,"faults":7,"notes":[]}],"headers":[]}' \
        "$(head -c 100 "$file")"; do
        printf %s "$rubbish" >"$file"
        judge_json --engines tsan race.c
        assert_equal "$rubbish: $(field '.programs[0].verdict') $(field '[.programs[0].faults[].kind] | unique | join(" ")')" \
            "$rubbish: faulty data-race"
    done
}

@test "a cache that cannot be written costs no verdict" {
    rm -rf "$BATS_TEST_TMPDIR/build/cache"
    echo "not a directory" >"$BATS_TEST_TMPDIR/build/cache"
    write_race
    judge_json --engines tsan race.c
    assert_equal "$(faults_of tsan)" data-race:3,3
}
