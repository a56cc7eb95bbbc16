/* refused 4:anchor */
static const int anchor = 1;
static const int primes[] = {2, 3, 5};
int look(const int *at, int i) { return *(&anchor + (at - &anchor)) + primes[i]; }
