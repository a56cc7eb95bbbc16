#include "prompt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST = 4096 };

static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT};
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

static volatile sig_atomic_t stopped_by, redraw;
static char bytes[LONGEST];
static size_t from, to;
static bool at_end;

static void note(int number) {
    if (number == SIGWINCH || number == SIGCONT)
        redraw = 1;
    else
        stopped_by = number;
}

static void set_all(void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    for (int i = 0; i < NUMBERS; i++)
        sigaction(numbers[i], &action, NULL);
}

void prompt_open(void) {
    set_all(note);
}

void prompt_close(void) {
    set_all(SIG_DFL);
}

int prompt_signal(void) {
    return stopped_by;
}

// Waits for input. The signals are let in only while it waits, so that none is missed before.
static bool wait_for_input(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    sigset_t blocked, usual;
    sigemptyset(&blocked);
    for (int i = 0; i < NUMBERS; i++)
        sigaddset(&blocked, numbers[i]);
    sigprocmask(SIG_BLOCK, &blocked, &usual);
    bool ready = !stopped_by && !redraw && ppoll(&input, 1, NULL, &usual) > 0;
    sigprocmask(SIG_SETMASK, &usual, NULL);
    return ready;
}

static bool fill(void) {
    from = to = 0;
    if (!wait_for_input())
        return false;
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    at_end = count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
    to = count > 0 ? (size_t)count : 0;
    return true;
}

enum answer prompt_read(struct text *line) {
    text_free(line);
    for (;;) {
        const char *end = memchr(bytes + from, '\n', to - from);
        size_t length = end ? (size_t)(end - (bytes + from)) : to - from;
        if (line->length < LONGEST)
            text_add_bytes(line, bytes + from, length);
        from += length + (end != NULL);
        if (end || (at_end && line->length))
            return ANSWER_LINE;
        if (at_end)
            return ANSWER_END;
        if (!fill() && stopped_by)
            return ANSWER_STOPPED;
        bool changed = redraw;
        redraw = 0;
        if (changed && !line->length)
            return ANSWER_REDRAW;
    }
}
