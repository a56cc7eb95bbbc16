#include "worker.h"

#include "campaign.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

void worker_pin(unsigned index) {
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    index %= (unsigned)CPU_COUNT(&allowed);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &allowed) && index-- == 0) {
            CPU_ZERO(&one);
            CPU_SET(cpu, &one);
            sched_setaffinity(0, sizeof one, &one);
            return;
        }
}

static void be_worker(unsigned index, void (*start)(void), void (*work)(void)) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    worker_pin(index);
    const char *problem = attempt_prepare(start);
    if (problem) {
        campaign_lock();
        snprintf(campaign->unavailable, sizeof campaign->unavailable,
                 "{\"unavailable\":\"the explorer could not prepare a worker: %s\",\"place\":0}",
                 problem);
        campaign->stop = true;
        campaign_unlock();
    } else {
        work();
    }
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
    for (; running; running--)
        wait(NULL);
}
