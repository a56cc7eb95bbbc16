#include "pager.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127, WIDEST = 1000, NARROWEST = 20 };

bool pager_screen(int *columns, int *lines) {
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
        return false;
    *columns = size.ws_col < NARROWEST ? NARROWEST : size.ws_col > WIDEST ? WIDEST : size.ws_col;
    *lines = size.ws_row;
    return true;
}

static bool is_longer(const char *text, int lines) {
    while (lines > 0 && (text = strchr(text, '\n'))) {
        text++;
        lines--;
    }
    return lines == 0;
}

static bool needs_pager(const char *text) {
    const char *terminal = getenv("TERM");
    int columns, lines;
    bool dumb = !terminal || strcmp(terminal, "dumb") == 0;
    return !dumb && pager_screen(&columns, &lines) && lines > 0 && is_longer(text, lines);
}

static _Noreturn void be_pager(int input) {
    const char *told = getenv("PAGER");
    dup2(input, STDIN_FILENO);
    close(input);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    setenv("LESS", "FRX", 0); // colours pass, and the page stays on the screen
    if (told && *told)
        execl("/bin/sh", "sh", "-c", told, (char *)NULL);
    else
        execlp("less", "less", "-R", (char *)NULL);
    _exit(NOT_FOUND);
}

static void write_all(int fd, const char *text) {
    size_t length = strlen(text);
    while (length) {
        ssize_t written = write(fd, text, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return; // it was left
        text += written;
        length -= (size_t)written;
    }
}

// False when there is no pager.
static bool page(const char *text) {
    int ends[2], status = 0;
    fflush(stdout);
    if (pipe(ends) != 0)
        return false;
    void (*before)(int) = signal(SIGINT, SIG_IGN); // it is for the pager
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[1]);
        be_pager(ends[0]);
    }
    close(ends[0]);
    if (pid > 0)
        write_all(ends[1], text);
    close(ends[1]);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    signal(SIGINT, before);
    return pid > 0 && !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND);
}

void pager_show(const char *text) {
    if (!needs_pager(text) || !page(text))
        fputs(text, stdout);
}
