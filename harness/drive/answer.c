#include "answer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *letter, *word;
    enum wish wish;
} wishes[] = {
    {"u", "undo", WISH_UNDO},   {"s", "save", WISH_SAVE},   {"r", "restart", WISH_RESTART},
    {"e", "each", WISH_EACH},   {"l", "lines", WISH_LINES}, {"o", "output", WISH_OUTPUT},
    {"c", "continue", WISH_ON}, {"?", "help", WISH_HELP},   {"h", "help", WISH_HELP},
    {"q", "quit", WISH_QUIT},
};

const char request_help[] =
    "2       thread 2 does its next operation; main is 0\n"
    "2 5     thread 2 does five, as long as it can\n"
    "2 !     thread 2 goes on until it must wait or has ended\n"
    "2t      thread 2 goes on by its time-out\n"
    "2s      thread 2 wakes up though nobody woke it, as the standard allows\n"
    "u       undo the last command; u 3 the last three\n"
    "r       restart; u brings back where you were\n"
    "s       save: print the schedule; s FILE writes it to a file\n"
    "e       stop, or do not stop, where only one thread can go on\n"
    "l       lines: the last 40 operations; l 200 the last 200\n"
    "o       what the program has printed\n"
    "c       continue after a fault that does not end the program\n"
    "q       quit\n";

static bool is_end(char c) {
    return c == '\0' || isspace((unsigned char)c);
}

// "5", "!" or nothing. False: none of these.
static bool read_times(const char *at, unsigned *times) {
    char *end;
    at += strspn(at, " \t\r");
    *times = *at == '!' ? TIMES_MOST : 0;
    at += *at == '!';
    if (isdigit((unsigned char)*at) && !*times) {
        unsigned long number = strtoul(at, &end, 10);
        *times = number < TIMES_MOST ? (unsigned)number : TIMES_MOST;
        at = end;
        if (!number)
            return false;
    }
    return at[strspn(at, " \t\r")] == '\0';
}

// "2", "T2", "main"; then the way, then how often.
static bool read_move(const char *at, struct request *request) {
    char *end;
    if (strncmp(at, "main", 4) == 0 || *at == 'm') {
        at += *at == 'm' && strncmp(at, "main", 4) != 0 ? 1 : 4;
    } else {
        at += *at == 'T' || *at == 't';
        if (!isdigit((unsigned char)*at))
            return false;
        unsigned long number = strtoul(at, &end, 10);
        request->thread = number < 1000000 ? (int)number : 1000000;
        at = end;
    }
    if (*at == 't' || *at == 's')
        request->way = *at++;
    if (isalnum((unsigned char)*at))
        return false;
    bool ok = read_times(at, &request->times);
    request->times += !request->times;
    return ok;
}

static bool read_wish(const char *at, struct request *request) {
    for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
        const char *const names[] = {wishes[i].word, wishes[i].letter};
        for (int k = 0; k < 2; k++) {
            size_t length = strlen(names[k]);
            if (strncmp(at, names[k], length) != 0 || !is_end(at[length]))
                continue;
            request->wish = wishes[i].wish;
            request->operand = at + length + strspn(at + length, " \t\r");
            return read_times(request->operand, &request->times) || wishes[i].wish == WISH_SAVE;
        }
    }
    return false;
}

struct request request_read(const char *line) {
    struct request request = {.wish = WISH_NOTHING, .operand = ""};
    line += strspn(line, " \t\r");
    if (!*line)
        return request;
    if (read_wish(line, &request))
        return request;
    request = (struct request){.wish = WISH_MOVE, .operand = ""};
    if (!read_move(line, &request))
        request.wish = WISH_UNKNOWN;
    return request;
}
