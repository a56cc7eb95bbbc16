// The functions of each row of strategies[]; see strategy.h for what they are asked.
#ifndef INTERLEAVE_ROWS_H
#define INTERLEAVE_ROWS_H

#include "strategy.h"

struct thread *bounded_choose(const struct set *candidates, struct thread *current);
struct thread *random_choose(const struct set *candidates, struct thread *current);

void surw_begin(void);
struct thread *surw_choose(const struct set *candidates, struct thread *current);
void surw_moved(struct thread *thread);
void surw_created(struct thread *thread);

void pos_begin(void);
struct thread *pos_choose(const struct set *candidates, struct thread *current);
void pos_moved(struct thread *thread);
void pos_created(struct thread *thread);

void pct_begin(void);
struct thread *pct_choose(const struct set *candidates, struct thread *current);
void pct_moved(struct thread *thread);
void pct_yielded(struct thread *thread);
void pct_created(struct thread *thread);

// The candidate with the highest priority.
struct thread *strategy_first(const struct set *candidates);

#endif
