// A sample of the schedules that were tried, to be shown beside each other: as many failing as passing
// ones, from all of the exploration. Kept as schedules; each is run again, with its trace, at the end.
#ifndef INTERLEAVE_SAMPLE_H
#define INTERLEAVE_SAMPLE_H

#include "attempt.h"

#include <stdint.h>
#include <stdio.h>

enum { SAMPLES_MOST = 24, SAMPLE_DEPARTURES = 4096 };

struct sample {
    uint64_t number; // of schedules begun when it was
    uint64_t trace_hash, steps;
    uint32_t departure_count, sites, site[SITES_MOST];
    struct departure departures[SAMPLE_DEPARTURES];
};

// Every so many of those that were seen; when there is no room, every other one goes, and half as many
// come.
struct pool {
    uint64_t seen, apart;
    uint32_t count;
    struct sample samples[SAMPLES_MOST];
};

// Perhaps keeps the attempt, which was entered just now; the caller holds the campaign's lock.
void sample_consider(const struct attempt *attempt, uint64_t number);

// A line for each into the report:
//   {"tried": kind of fault, "clean" or "cut", "schedule": word, "trace": [...]}
void sample_write(FILE *out);

#endif
