#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static const char enter[] = "\033[?1049h\033[?25l\033[?7l\033[H\033[2J",
                  leave[] = "\033[0m\033[?7h\033[?25h\033[?1049l";

enum { ESCAPE_MS = 50 }; // a sequence that begins with Escape is whole by then

// Shared by guard and child: whether the screen is ours at this moment.
static volatile bool *on_screen;

static void put(const char *bytes, size_t length) {
    while (length) {
        ssize_t done = write(STDOUT_FILENO, bytes, length);
        if (done < 0 && errno == EAGAIN)
            poll(&(struct pollfd){.fd = STDOUT_FILENO, .events = POLLOUT}, 1, -1);
        else if (done < 0 && errno != EINTR)
            return;
        bytes += done > 0 ? done : 0;
        length -= done > 0 ? (size_t)done : 0;
    }
}

// The guard

static volatile pid_t guarded;
static const int forwarded[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
enum { FORWARDED = sizeof forwarded / sizeof forwarded[0] };

// A key reaches both of us, so that what came from the kernel or from the child itself is known there.
static void forward(int number, siginfo_t *info, void *context) {
    (void)context;
    if (info->si_code != SI_KERNEL && info->si_pid != guarded)
        kill(guarded, number);
}

static int wait_for(pid_t child) {
    int status;
    for (;;) {
        if (waitpid(child, &status, WUNTRACED) < 0) {
            if (errno != EINTR)
                return 2;
        } else if (WIFSTOPPED(status)) {
            raise(SIGSTOP);
            kill(child, SIGCONT);
        } else {
            return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        }
    }
}

static void handle(const int *numbers, size_t count, void (*handler)(int, siginfo_t *, void *)) {
    struct sigaction action = {.sa_flags = handler ? SA_SIGINFO | SA_RESTART : 0};
    if (handler)
        action.sa_sigaction = handler;
    else
        action.sa_handler = SIG_DFL;
    for (size_t i = 0; i < count; i++)
        sigaction(numbers[i], &action, NULL);
}

int terminal_guard(int (*work)(void *context), void *context) {
    struct termios before;
    bool known = tcgetattr(STDIN_FILENO, &before) == 0;
    on_screen =
        mmap(NULL, sizeof *on_screen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    fflush(NULL);
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    pid_t child = on_screen == MAP_FAILED ? -1 : fork();
    if (child == 0) {
        sigprocmask(SIG_SETMASK, &old, NULL);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        return work(context);
    }
    if (child < 0) {
        sigprocmask(SIG_SETMASK, &old, NULL);
        return 2;
    }
    guarded = child;
    handle(forwarded, FORWARDED, forward);
    sigprocmask(SIG_SETMASK, &old, NULL);
    int status = wait_for(child);
    if (*on_screen)
        put(leave, sizeof leave - 1);
    signal(SIGTTOU, SIG_IGN); // also from the background
    if (known)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    handle(forwarded, FORWARDED, NULL);
    return status;
}

// The screen

static void measure(struct terminal *terminal) {
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row;
    terminal->columns = known ? size.ws_col : 80;
    terminal->rows = known ? size.ws_row : 24;
}

static void take(struct terminal *terminal) {
    uv_tty_set_mode(&terminal->input, UV_TTY_MODE_RAW);
    measure(terminal);
    if (terminal->moves) {
        *on_screen = true;
        put(enter, sizeof enter - 1);
    }
}

static void give_back(struct terminal *terminal) {
    if (terminal->moves)
        put(leave, sizeof leave - 1);
    *on_screen = false;
    uv_tty_set_mode(&terminal->input, UV_TTY_MODE_NORMAL);
}

static void got_resize(uv_signal_t *handle, int number) {
    (void)number;
    struct terminal *terminal = handle->data;
    measure(terminal);
    terminal->redraw(terminal->context);
}

static void got_stop(uv_signal_t *handle, int number);

// Stops with all of the job, `make` among them, so that the shell takes over. The terminal goes first: once the
// shell has it, it is not ours to change. A job that no shell looks after is not stopped by this signal, and goes on.
static void suspend(struct terminal *terminal) {
    give_back(terminal);
    uv_signal_stop(&terminal->stopped);
    kill(0, SIGTSTP);
    uv_signal_start(&terminal->stopped, got_stop, SIGTSTP);
    take(terminal);
    terminal->redraw(terminal->context);
}

static void got_stop(uv_signal_t *handle, int number) {
    (void)number;
    suspend(handle->data);
}

// Keys

static const struct {
    const char *sequence;
    int key;
} sequences[] = {
    {"[A", KEY_UP},       {"[B", KEY_DOWN},       {"OA", KEY_UP},   {"OB", KEY_DOWN},
    {"[5~", KEY_PAGE_UP}, {"[6~", KEY_PAGE_DOWN}, {"[H", KEY_HOME}, {"OH", KEY_HOME},
    {"[1~", KEY_HOME},    {"[F", KEY_END},        {"OF", KEY_END},  {"[4~", KEY_END},
};

// The length of what stands at the start: a character, or a sequence; 0 while it is not whole.
static size_t key_length(const char *bytes, size_t count) {
    if (bytes[0] != '\033')
        return 1;
    if (count < 2)
        return 0;
    if (bytes[1] == 'O')
        return count < 3 ? 0 : 3;
    if (bytes[1] != '[')
        return 1;
    for (size_t i = 2; i < count; i++)
        if (bytes[i] >= 0x40 && bytes[i] <= 0x7e)
            return i + 1;
    return count >= sizeof((struct terminal *)0)->pending ? count : 0;
}

static int key_of(const char *bytes, size_t length) {
    for (size_t i = 0; length > 1 && i < sizeof sequences / sizeof sequences[0]; i++)
        if (strlen(sequences[i].sequence) == length - 1 &&
            memcmp(sequences[i].sequence, bytes + 1, length - 1) == 0)
            return sequences[i].key;
    if (length > 1)
        return 0;
    switch (bytes[0]) {
    case '\033':
        return KEY_ESCAPE;
    case '\r':
    case '\n':
        return KEY_ENTER;
    case 'c' & 0x1f:
        return KEY_QUIT;
    case 'l' & 0x1f:
        return KEY_REDRAW;
    default:
        return (unsigned char)bytes[0];
    }
}

static void press(struct terminal *terminal, const char *bytes, size_t length) {
    int key = key_of(bytes, length);
    if (key == ('z' & 0x1f))
        suspend(terminal);
    else if (key)
        terminal->key(terminal->context, key);
}

static void escape_alone(uv_timer_t *timer) {
    struct terminal *terminal = timer->data;
    terminal->pending_length = 0;
    terminal->key(terminal->context, KEY_ESCAPE);
}

static void got_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    struct terminal *terminal = stream->data;
    if (count < 0) {
        uv_read_stop(stream);
        terminal->key(terminal->context, KEY_QUIT);
        return;
    }
    uv_timer_stop(&terminal->escape);
    for (ssize_t i = 0; i < count; i++) {
        terminal->pending[terminal->pending_length++] = buffer->base[i];
        size_t length = key_length(terminal->pending, terminal->pending_length);
        if (!length)
            continue;
        char bytes[sizeof terminal->pending];
        size_t all = terminal->pending_length;
        memcpy(bytes, terminal->pending, all);
        terminal->pending_length = 0;
        press(terminal, bytes, length);
        if (length < all) // Escape, and a key of its own
            press(terminal, bytes + length, all - length);
    }
    if (terminal->pending_length)
        uv_timer_start(&terminal->escape, escape_alone, ESCAPE_MS, 0);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    struct terminal *terminal = handle->data;
    *buffer = uv_buf_init(terminal->buffer, sizeof terminal->buffer);
}

char *terminal_open(struct terminal *terminal, uv_loop_t *loop, void (*key)(void *context, int key),
                    void (*redraw)(void *context), void *context) {
    const char *name = getenv("TERM"), *none = getenv("NO_COLOR");
    *terminal = (struct terminal){.key = key, .redraw = redraw, .context = context};
    terminal->moves = name && *name && strcmp(name, "dumb") != 0;
    terminal->colour = terminal->moves && !(none && *none);
    int problem = uv_tty_init(loop, &terminal->input, STDIN_FILENO, 1);
    if (problem)
        return string_format("the terminal: %s", uv_strerror(problem));
    uv_signal_init(loop, &terminal->resized);
    uv_signal_init(loop, &terminal->stopped);
    uv_timer_init(loop, &terminal->escape);
    terminal->input.data = terminal->resized.data = terminal->stopped.data = terminal->escape.data =
        terminal;
    uv_signal_start(&terminal->resized, got_resize, SIGWINCH);
    uv_signal_start(&terminal->stopped, got_stop, SIGTSTP);
    take(terminal);
    uv_read_start((uv_stream_t *)&terminal->input, give_buffer, got_bytes);
    return NULL;
}

void terminal_draw(const struct terminal *terminal, const struct strings *rows) {
    struct text frame = {0};
    if (terminal->moves)
        text_add(&frame, "\033[H");
    for (size_t i = 0; i < rows->count; i++)
        text_add(&frame, "%s%s%s", terminal->moves ? "\033[K" : "", rows->items[i],
                 terminal->moves && i + 1 == rows->count ? "" : "\r\n");
    if (terminal->moves)
        text_add(&frame, "\033[J");
    put(frame.data ? frame.data : "", frame.length);
    text_free(&frame);
}

void terminal_close(struct terminal *terminal) {
    uv_read_stop((uv_stream_t *)&terminal->input);
    signal(SIGTTOU,
           SIG_IGN); // also from the background: the guard may be gone, and the shell be back
    give_back(terminal);
    uv_close((uv_handle_t *)&terminal->resized, NULL);
    uv_close((uv_handle_t *)&terminal->stopped, NULL);
    uv_close((uv_handle_t *)&terminal->escape, NULL);
    uv_close((uv_handle_t *)&terminal->input, NULL);
}
