/* expect: clean */
/* One child after the other: what each allocates goes with it. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    for (int i = 0; i < 140; i++) {
        if (fork() == 0) {
            char *buffer = malloc(8 << 20);
            if (!buffer)
                _exit(1);
            buffer[5] = (char)i;
            _exit(0);
        }
        wait(NULL);
    }
    puts("done");
    return 0;
}
