# Tests: ctest runs all of them; `./dev test` builds and runs.
enable_testing()
pkg_check_modules(CMOCKA IMPORTED_TARGET cmocka)

if(CMOCKA_FOUND)
    file(GLOB UNIT_TESTS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/unit/*_test.c)
    foreach(source ${UNIT_TESTS})
        get_filename_component(name ${source} NAME_WE)
        add_executable(${name} ${source})
        target_include_directories(${name} PRIVATE test)
        target_compile_definitions(${name} PRIVATE DT_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
            DT_BINARY_DIR="${CMAKE_BINARY_DIR}")
        target_link_libraries(${name} PRIVATE detente_inside PkgConfig::CMOCKA Threads::Threads)
        add_dependencies(${name} knowledge)
        add_test(NAME unit/${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    endforeach()
    # They count allocations, and make them fail.
    foreach(name alloc_test columns_test)
        target_link_options(${name} PRIVATE -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc
            -Wl,--wrap=aligned_alloc)
    endforeach()
endif()

# The examples in the codebook itself and those of test/spec; the runner, like a user, has only
# detente.h. test/spec/runner.sh tries the runner.
file(GLOB SPEC_SOURCES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/spec/*.c)
add_executable(spec ${SPEC_SOURCES})
target_link_libraries(spec PRIVATE detente_static)
add_dependencies(spec knowledge)
add_test(NAME spec/examples COMMAND spec --coverage --at-least 70 WORKING_DIRECTORY
    ${CMAKE_SOURCE_DIR})
add_test(NAME spec/read COMMAND spec --read 93 WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
add_test(NAME spec/runner COMMAND ${CMAKE_SOURCE_DIR}/test/spec/runner.sh $<TARGET_FILE:spec>)

# The program, as a user calls it.
file(GLOB CLI_TESTS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/cli/*.sh)
foreach(script ${CLI_TESTS})
    get_filename_component(name ${script} NAME_WE)
    if(NOT name STREQUAL "run")
        add_test(NAME cli/${name} COMMAND ${CMAKE_SOURCE_DIR}/test/cli/run.sh ${name}
            ${CMAKE_BINARY_DIR})
        set_tests_properties(cli/${name} PROPERTIES SKIP_RETURN_CODE 77)
    endif()
endforeach()

# Fuzz targets replay their saved inputs here; with -DDT_FUZZ=ON (clang) they fuzz.
file(GLOB FUZZ_TARGETS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/test/fuzz/fuzz_*.c)
foreach(source ${FUZZ_TARGETS})
    get_filename_component(name ${source} NAME_WE)
    if(DT_FUZZ)
        add_executable(${name} ${source})
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    else()
        add_executable(${name} ${source} test/fuzz/replay.c)
        add_test(NAME fuzz/${name} COMMAND ${name} ${CMAKE_SOURCE_DIR}/test/fuzz/corpus/${name}
            WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    endif()
    target_link_libraries(${name} PRIVATE detente_inside)
    target_compile_definitions(${name} PRIVATE DT_FUZZ_MODEL="${CMAKE_SOURCE_DIR}/model/english.dtm"
        DT_FUZZ_EVENTS="${CMAKE_SOURCE_DIR}/model/events.dtm"
        DT_FUZZ_KNOWLEDGE="${CMAKE_BINARY_DIR}/detente.dtk")
    add_dependencies(${name} knowledge)
endforeach()

# Damaged model files; the whole of it, about ten minutes, is the program without arguments.
add_executable(model_damage test/slow/model_damage.c)
target_include_directories(model_damage PRIVATE test)
target_link_libraries(model_damage PRIVATE detente_inside)
target_compile_definitions(model_damage PRIVATE DT_DAMAGE_MODEL="${CMAKE_SOURCE_DIR}/model/english.dtm"
    DT_DAMAGE_KNOWLEDGE="${CMAKE_BINARY_DIR}/detente.dtk")
add_dependencies(model_damage knowledge)
add_test(NAME damage/model COMMAND model_damage --flips 500 --small-flips 2500 --cuts 0 --near 1)

# A year's news as it came, and the accuracy, where the data are at hand; the kernels of ARM, where an emulator is.
foreach(name rawnews accuracy arm64 html twins spark)
    add_test(NAME slow/${name} COMMAND ${CMAKE_SOURCE_DIR}/test/slow/${name}.sh ${CMAKE_BINARY_DIR})
    set_tests_properties(slow/${name} PROPERTIES LABELS slow SKIP_RETURN_CODE 77 TIMEOUT 1200)
endforeach()

# ./dev fuzz fails where a target does.
add_test(NAME fuzz/fails COMMAND ${CMAKE_SOURCE_DIR}/test/fuzz/fails.sh ${CMAKE_SOURCE_DIR})

# The public header alone, as C99 and as C++, and the example at its top.
add_test(NAME header/alone COMMAND ${CMAKE_SOURCE_DIR}/test/header/run.sh ${CMAKE_BINARY_DIR})

# What the libraries export: the functions of detente.h, and nothing else. Sanitizers add names.
if(NOT DT_SANITIZE AND NOT DT_FUZZ)
    add_test(NAME header/package COMMAND ${CMAKE_SOURCE_DIR}/test/header/package.sh ${CMAKE_BINARY_DIR})
    add_test(NAME header/nulls COMMAND ${CMAKE_SOURCE_DIR}/test/header/nulls.sh ${CMAKE_BINARY_DIR})
    add_test(NAME header/abi COMMAND ${CMAKE_SOURCE_DIR}/test/header/abi.sh ${CMAKE_BINARY_DIR})
    set_tests_properties(header/abi PROPERTIES SKIP_RETURN_CODE 77)
endif()

# Layout: include directions, function lengths, unique file names.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
    add_test(NAME house/measure COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/measure.py
        --check ${CMAKE_SOURCE_DIR})
    # No list of English words in C.
    add_test(NAME house/words COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/check_words.py
        ${CMAKE_SOURCE_DIR})
    # The annotated events: spans, types, modes, codes.
    add_test(NAME house/corpus COMMAND sh -c
        "for files in '${CMAKE_SOURCE_DIR}'/corpus '${CMAKE_SOURCE_DIR}'/corpus/second; do '${Python3_EXECUTABLE}' '${CMAKE_SOURCE_DIR}/tools/check_corpus.py' $files/*.jsonl || exit 1; done")
    # The output that README.md and the other documents show; ./dev bless rewrites it.
    add_test(NAME docs/output COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/check_docs.py
        --build ${CMAKE_BINARY_DIR})
    # The getters in detente.h, the CSV columns and doc/records.md, from the record table.
    add_test(NAME docs/records COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/make_records.py
        --check)
    add_test(NAME docs/man COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/make_man.py --check
        --build ${CMAKE_BINARY_DIR})
endif()
