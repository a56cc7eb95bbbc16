#include "worker.h"

#include "campaign.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Of the processors that the driver was given, since it is pinned itself before it starts workers.
// Explorations side by side begin at different ones.
void worker_pin(unsigned index) {
    static cpu_set_t allowed;
    static unsigned first;
    cpu_set_t one;
    if (!first && sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    if (!first)
        first = (unsigned)getpid();
    index = (first + index) % (unsigned)CPU_COUNT(&allowed);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &allowed) && index-- == 0) {
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            sched_setaffinity(0, sizeof one, &one);
            return;
        }
}

static void give_up(const char *reason) {
    campaign_lock();
    if (!campaign->unavailable[0])
        snprintf(campaign->unavailable, sizeof campaign->unavailable,
                 "{\"failed\":\"a process of the explorer's own %s\"}", reason);
    campaign->stop = true;
    campaign_unlock();
}

static void be_worker(unsigned index, void (*start)(void), void (*work)(void)) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    worker_pin(index);
    campaign_keep();
    campaign_be_worker(index + 1);
    const char *problem = attempt_prepare(start);
    if (problem)
        give_up(problem);
    else
        work();
    _exit(0);
}

void workers_run(unsigned count, void (*start)(void), void (*work)(void)) {
    unsigned running = 0;
    for (unsigned i = 0; i < count; i++) {
        pid_t pid = fork();
        if (pid == 0)
            be_worker(i, start, work);
        running += pid > 0;
    }
    if (!running)
        give_up("could not be started");
    while (running) {
        int status;
        if (wait(&status) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        running--;
        if (WIFSIGNALED(status))
            give_up("was killed");
    }
}
