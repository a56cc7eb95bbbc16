// The page that the build has put together from page/, within the executable.
    .section .rodata
    .global picture_page
picture_page:
    .incbin "build/picture/page.html"
    .byte 0
    .section .note.GNU-stack, "", %progbits
