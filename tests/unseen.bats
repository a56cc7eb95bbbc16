# Functions of the C library that ThreadSanitizer does not intercept by itself: it is told what they use.
# shellcheck disable=SC2154
load helper

# call | what the other thread does meanwhile
calls() {
    cat <<'C'
strtol(digits, &place, 10)       | other = place
strtoll(digits, &place, 10)      | other = place
strtoul(digits, &place, 10)      | other = place
strtoull(digits, &place, 10)     | other = place
strtof(digits, &place)           | other = place
strtod(digits, &place)           | other = place
strtold(digits, &place)          | other = place
strtol(text, NULL, 10)           | text[0] = '2'
strtod(text, NULL)               | text[0] = '2'
atoi(text)                       | text[0] = '2'
atol(text)                       | text[0] = '2'
atoll(text)                      | text[0] = '2'
atof(text)                       | text[0] = '2'
strcat(local, text)              | text[0] = '2'
strcat(text, "3")                | text[2] = '2'
strncat(text, "3", 1)            | text[2] = '2'
stpcpy(text, "34")               | other = &text[text[1] - text[1]]
mempcpy(text, "34", 2)           | other = &text[text[1] - text[1]]
strsep(&place, ",")              | other = place
strtok_r(NULL, ",", &place)      | other = place
mbrtowc(&wide, "x", 1, NULL)     | other = wide ? local : text
C
}

program_of() { # CALL MEANWHILE
    cat <<C
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
static const char digits[] = "12";
static char text[16] = "12", local[16], list[] = "a,b,c", *place = list, *other;
static wchar_t wide;
static void *run(void *argument) { (void)argument; ${2}; return NULL; }
int main(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, run, NULL);
    if (!($1)) local[14] = 1;
    pthread_join(thread, NULL);
    return !digits[0] || !text[0] || local[15] || wide == 1 || other == text + 1 || place == text + 1;
}
C
}

@test "a race through a function of the C library is found, at the line that calls it" {
    local call meanwhile missed=""
    while IFS='|' read -r call meanwhile; do
        program_of "$call" "$meanwhile" >racy.c
        judge_json --engines tsan racy.c
        [[ $(field '[.programs[0].faults[] | select(.kind == "data-race") | .places[].line] | index(12)') != null ]] ||
            missed+="$call"$'\n'
    done < <(calls)
    assert_equal "$missed" ""
}

@test "what ThreadSanitizer is told of the C library changes no result" {
    write_program results.c <<'E'
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#define SHOW(format, call) do { __typeof__(call) value = call; printf(format " %s|", value, end); } while (0)
int main(void) {
    char to[32] = "a", list[] = "x,,yz", *rest = list, *end = NULL, *word, words[] = " one two ";
    wchar_t wide = 0;
    mbstate_t state = {0};
    SHOW("%ld", strtol(" -12rest", &end, 10));
    SHOW("%lld", strtoll("none", &end, 0));
    SHOW("%lu", strtoul("0x1fg", &end, 0));
    printf("%llu|", strtoull("7", NULL, 8));
    SHOW("%g", strtod("1e3x", &end));
    printf("%g %Lg|", (double)strtof("2.5", NULL), strtold("nan", NULL));
    printf("%d %ld %lld %g\n", atoi("42x"), atol(""), atoll("-1"), atof(".5"));
    printf("%s|", strcat(to, "bc"));
    printf("%s|", strncat(to, "defg", 2));
    printf("%s|", strncat(to, "h", 9));
    printf("%td|", stpcpy(to, "four") - to);
    printf("%td %s\n", (char *)mempcpy(to, "xy", 2) - to, to);
    while ((word = strsep(&rest, ",")))
        printf("[%s]", word);
    for (word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        printf("<%s>", word);
    printf(" %zu %zu %d\n", mbrtowc(&wide, "q", 1, &state), mbrtowc(NULL, "", 1, &state), (int)wide);
    return 0;
}
E
    cat >expected.txt <<'E'
-12 rest|0 none|31 g|7|1000 x|2.5 nan|42 0 -1 0.5
abc|abcde|abcdeh|4|2 xyur
[x][][yz]<one><two> 1 0 113
E
    judge_json --engines native,tsan --expect expected.txt results.c
    assert_verdict clean
}
