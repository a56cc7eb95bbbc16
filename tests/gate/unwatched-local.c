/* refused 3:lend */
void borrow(void *);
long double lend(void) {
    long double mine = 1;
    borrow(&mine);
    return mine;
}
void borrow(void *sum) { (void)sum; }
