// The head of every page, which the build has put together from page/, within the executable.
    .section .rodata
    .global grade_page_head
grade_page_head:
    .incbin "build/grade/head.html"
    .byte 0
    .section .note.GNU-stack, "", %progbits
