/* expect: clean */
/* A child fills shared pages and is waited for; a second one is met at a process-shared semaphore. */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct page {
    sem_t ready;
    int squares[10];
    int note;
};

int main(void)
{
    struct page *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED || sem_init(&p->ready, 1, 0) != 0)
        return 2;

    pid_t first = fork();
    if (first == 0) {
        for (int i = 0; i < 10; i++)
            p->squares[i] = i * i;
        _exit(0);
    }
    if (first < 0 || waitpid(first, NULL, 0) != first)
        return 2;

    pid_t second = fork();
    if (second == 0) {
        usleep(700000);
        p->note = p->squares[9] + 1;
        sem_post(&p->ready);
        _exit(0);
    }
    if (second < 0)
        return 2;
    sem_wait(&p->ready);
    printf("%d\n", p->note);
    waitpid(second, NULL, 0);
    sem_destroy(&p->ready);
    munmap(p, sizeof *p);
    return 0;
}
