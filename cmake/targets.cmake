# The programs, the installed library, the compiled knowledge, the tests.

# Only what detente.h declares leaves the library; test/header/abi.txt lists it. In the shared one the
# export map says so. An archive knows no such map: its objects are linked into one, in which what is
# hidden becomes local.
set(EXPORT_MAP ${CMAKE_SOURCE_DIR}/cmake/detente.map)
add_library(detente SHARED $<TARGET_OBJECTS:detente_objects>)
target_link_libraries(detente PRIVATE detente_needs)
target_link_options(detente PRIVATE -Wl,--version-script=${EXPORT_MAP})
set_target_properties(detente PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
    LINK_DEPENDS ${EXPORT_MAP})

set(ONE_OBJECT ${CMAKE_BINARY_DIR}/detente_all.o)
add_custom_command(OUTPUT ${ONE_OBJECT}
    COMMAND ${CMAKE_LINKER} -r -o ${ONE_OBJECT} $<TARGET_OBJECTS:detente_objects>
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden ${ONE_OBJECT}
    DEPENDS detente_objects $<TARGET_OBJECTS:detente_objects>
    COMMENT "Hiding the library's own names" COMMAND_EXPAND_LISTS VERBATIM)
add_library(detente_static STATIC ${ONE_OBJECT})
target_link_libraries(detente_static PUBLIC detente_needs)
set_target_properties(detente_static PROPERTIES LINKER_LANGUAGE C)
foreach(lib detente detente_static)
    target_include_directories(${lib} INTERFACE ${CMAKE_SOURCE_DIR}/include ${CMAKE_BINARY_DIR}/include)
    set_target_properties(${lib} PROPERTIES OUTPUT_NAME detente)
endforeach()

# The same objects with all their names, for tests and tools that look inside; never installed.
add_library(detente_inside STATIC $<TARGET_OBJECTS:detente_objects>)
target_link_libraries(detente_inside PUBLIC detente_needs)
target_include_directories(detente_inside INTERFACE ${CMAKE_SOURCE_DIR}/include
    ${CMAKE_BINARY_DIR}/include ${CMAKE_SOURCE_DIR}/src)

# Knowledge: text compiled into one file that is mapped at start.
add_executable(knowc tools/knowc.c)
target_link_libraries(knowc PRIVATE detente_inside)
file(GLOB_RECURSE KNOWLEDGE_FILES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/knowledge/*.txt
     ${CMAKE_SOURCE_DIR}/knowledge/*.tsv)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/detente.dtk
    COMMAND knowc ${CMAKE_BINARY_DIR}/detente.dtk ${CMAKE_SOURCE_DIR}/knowledge
    DEPENDS knowc ${KNOWLEDGE_FILES} COMMENT "Compiling knowledge/" VERBATIM)
add_custom_target(knowledge ALL DEPENDS ${CMAKE_BINARY_DIR}/detente.dtk)

# Tables of C that documents show: stages, classes of words.
add_executable(tables tools/tables.c)
target_link_libraries(tables PRIVATE detente_inside)

# The program includes detente.h only, and links the static library so that it can be copied alone.
file(GLOB CLI_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cli/*.c)
add_executable(detente_program ${CLI_SOURCES})
set_target_properties(detente_program PROPERTIES OUTPUT_NAME detente)
target_link_libraries(detente_program PRIVATE detente_static Threads::Threads)

# Completion scripts for shells, which the program prints.
set(COMPLETION_SCRIPTS)
foreach(shell bash zsh fish)
    set(script ${CMAKE_BINARY_DIR}/completion/detente.${shell})
    add_custom_command(OUTPUT ${script} COMMAND detente_program completion ${shell} > ${script}
        DEPENDS detente_program VERBATIM)
    list(APPEND COMPLETION_SCRIPTS ${script})
endforeach()
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/completion)
add_custom_target(completion ALL DEPENDS ${COMPLETION_SCRIPTS})

# Trainers and measuring programs use the code of src/; they are built when asked for by name.
file(GLOB TRAIN_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/train/*.c ${CMAKE_SOURCE_DIR}/bench/*.c)
foreach(source ${TRAIN_SOURCES})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${name} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(${name} PRIVATE detente_inside)
    list(APPEND TRAIN_TARGETS ${name})
endforeach()
add_custom_target(trainers DEPENDS ${TRAIN_TARGETS})

# find_package(detente): the targets detente::detente and detente::detente_static.
include(CMakePackageConfigHelpers)
set(PACKAGE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/detente)
configure_package_config_file(cmake/detenteConfig.cmake.in ${CMAKE_BINARY_DIR}/detenteConfig.cmake
    INSTALL_DESTINATION ${PACKAGE_FOLDER}
    PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/detenteConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/detenteConfig.cmake ${CMAKE_BINARY_DIR}/detenteConfigVersion.cmake
    DESTINATION ${PACKAGE_FOLDER})
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
# What libdetente.a itself calls. Not as Requires.private: with --static that would ask for what those
# libraries are made of, too (libarchive for acl and lz4), whose packages need not be there.
set(DETENTE_NEEDS_FLAGS)
foreach(need JANSSON UTF8PROC SQLITE ARCHIVE UCHARDET XML CURL PQ ZSTD ZLIB)
    list(APPEND DETENTE_NEEDS_FLAGS ${${need}_LDFLAGS})
endforeach()
list(APPEND DETENTE_NEEDS_FLAGS -lsnappy -lmodest -lm -lpthread)
list(REMOVE_DUPLICATES DETENTE_NEEDS_FLAGS)
list(JOIN DETENTE_NEEDS_FLAGS " " DETENTE_NEEDS_FLAGS)
configure_file(cmake/detente.pc.in ${CMAKE_BINARY_DIR}/detente.pc @ONLY)
install(TARGETS detente detente_static detente_program
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES include/detente.h ${CMAKE_BINARY_DIR}/include/detente_version.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${CMAKE_BINARY_DIR}/detente.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES model/english.dtm model/card.md model/events.dtm model/card-events.md
    ${CMAKE_BINARY_DIR}/detente.dtk
    DESTINATION ${CMAKE_INSTALL_DATADIR}/detente)
install(DIRECTORY knowledge DESTINATION ${CMAKE_INSTALL_DATADIR}/detente)
install(FILES ${CMAKE_BINARY_DIR}/completion/detente.bash RENAME detente
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${CMAKE_BINARY_DIR}/completion/detente.zsh RENAME _detente
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES ${CMAKE_BINARY_DIR}/completion/detente.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
file(GLOB MANUAL_PAGES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.1)
install(FILES ${MANUAL_PAGES} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES man/detente.3 DESTINATION ${CMAKE_INSTALL_MANDIR}/man3)

include(cmake/tests.cmake OPTIONAL)
