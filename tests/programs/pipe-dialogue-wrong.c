/* expect: stuck-wait|deadlock */
/* Parent and child both wait for the other to speak first. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int down[2], up[2];
    char c = '?';

    if (pipe(down) || pipe(up))
        return 1;
    pid_t pid = fork();
    if (pid < 0)
        return 1;
    if (pid == 0) {
        close(down[1]);
        close(up[0]);
        if (read(down[0], &c, 1) == 1 && write(up[1], "k", 1) == 1) /* fault: stuck-wait|deadlock */
            _exit(0);
        _exit(1);
    }
    close(down[0]);
    close(up[1]);
    if (read(up[0], &c, 1) != 1) /* fault: stuck-wait|deadlock */
        return 1;
    if (write(down[1], "q", 1) != 1)
        return 1;
    waitpid(pid, NULL, 0);
    printf("%c\n", c);
    return 0;
}
