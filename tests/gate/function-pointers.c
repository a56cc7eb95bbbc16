/* passes */
#include <stdlib.h>

typedef void *(*task)(void *);
struct job { task call; void *argument; struct job *next; };
union any { long number; task call; };

static void *same(void *argument) { return argument; }
static task const table[] = {same, NULL, &same};

void *run(struct job *job, void *erased) {
    task kept = (task)erased;
    union any any = {.call = same};
    job->call = (task)(void *)same;
    int (*compare)(const void *, const void *) = (int (*)(const void *, const void *))job->call;
    (void)compare;
    void (*nothing)(void) = 0;
    if (nothing)
        nothing();
    return table[0](kept ? kept(job->argument) : any.call(NULL));
}
