/* passes */
#include <stdbool.h>
#include <stdio.h>
struct three {
    bool a, b, c;
};
struct five {
    char text[5];
};
struct twelve {
    int a, b, c;
};
typedef float four __attribute__((vector_size(16)));
static struct three flags;
static four sums;
static __int128 large;
static struct {
    unsigned a : 3, b : 5, c : 24, d : 1;
} bits;
struct three three(struct three of) { return of.a ? flags : of; }
struct five five(struct five of) { return of; }
struct twelve twelve(struct twelve of) { return of; }
static struct three (*of_three)(struct three of) = three;
static long double (*of_long)(long double of);
long double call(long double of) { return of_three(flags).a && of_long ? of_long(of) : of; }
void all(void) {
    long double sum = 0.5L;
    flags = three(flags);
    sums += 1;
    large++;
    bits.c++;
    bits.d = !bits.d;
    sum *= 2;
    printf("%Lf %d %d\n", sum, five((struct five){"four"}).text[0], twelve((struct twelve){0}).a);
}
