/* expect: clean */
/* slow: each fork copies the page tables of 200 MB, and of its shadow */
/* Eight children read 200 MB of their parent's, which are in memory once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t size = 200 << 20;

static int sum(const char *data)
{
    int all = 0;
    for (size_t i = 0; i < size; i += 4096)
        all += data[i];
    return all;
}

int main(void)
{
    char *data = malloc(size);
    if (!data)
        return 1;
    memset(data, 1, size);
    for (int i = 0; i < 8; i++)
        if (fork() == 0) {
            int all = sum(data);
            usleep(400000);
            _exit(all == 0);
        }
    while (wait(NULL) > 0)
        ;
    free(data);
    puts("done");
    return 0;
}
