// What the API tells of what persons change: one description for each row of the route table.
#pragma once

#include "api/operation.h"
#include "api/query_parameters.h"

namespace diwan::operations {
using namespace parameters;  // NOLINT(google-build-using-namespace): names of one table

inline constexpr Operation kChangeFields = {
    .id = "changeFields",
    .summary = "confirm, change, add and remove fields; see [Changes](#changes)",
    .body = {"application/json", "FieldEdits",
             R"({"fields":[{"do":"set","name":"title","value":"رخصة أكشاك السوق"}],"why":"العنوان ناقص"})"},
    .answers = {{200, "application/json", "Record"}},
    .if_match = true};

inline constexpr Operation kRemove = {.id = "deleteRecord",
                                      .summary = "take it out of sight",
                                      .query = {kWhy},
                                      .answers = {{200, "application/json", "Record"}},
                                      .if_match = true};

inline constexpr Operation kRestore = {.id = "restoreRecord",
                                       .summary = "bring back what was deleted or merged",
                                       .body = {"application/json", "WhyGiven", R"({"why":"حُذف خطأً"})"},
                                       .answers = {{200, "application/json", "Record"}},
                                       .if_match = true};

inline constexpr Operation kHold = {.id = "holdRecord",
                                    .summary = "put it under a legal hold, or lift that",
                                    .body = {"application/json", "HoldGiven", R"({"on":true,"why":"دعوى ٧/٢٠٢٦"})"},
                                    .answers = {{200, "application/json", "Record"}},
                                    .if_match = true};

inline constexpr Operation kMerge = {.id = "mergeRecord",
                                     .summary = "it is the same paper as another",
                                     .body = {"application/json", "MergeGiven", R"({"into":"x-2","why":"نسخة ثانية"})"},
                                     .answers = {{200, "application/json", "Record"}},
                                     .if_match = true};

inline constexpr Operation kSplit = {.id = "splitRecord",
                                     .summary = "its last pages are a paper of their own; `Location` leads to it",
                                     .body = {"application/json", "SplitGiven", R"({"from":2,"why":"ورقتان"})"},
                                     .answers = {{201, "application/json", "Record"}},
                                     .if_match = true};

inline constexpr Operation kReadAgain = {.id = "readRecord",
                                         .summary = "read its pages, or one, anew; 503 while they are being read",
                                         .body = {"application/json", "ReadGiven", R"({"page":1,"why":"صورة أفضل"})"},
                                         .answers = {{202, "application/json", "Record"}},
                                         .if_match = true};

inline constexpr Operation kAddRelation = {
    .id = "addRelation",
    .summary = "say what it does to another record",
    .body = {"application/json", "RelationGiven", R"({"relation":"amends","to":"x-2","article":"3"})"},
    .answers = {{201, "application/json", "Record"}},
    .if_match = true};

inline constexpr Operation kJudgeRelation = {
    .id = "judgeRelation",
    .summary = "say that a citation is right or wrong; `{n}` is its `number_in_record`",
    .body = {"application/json", "StateGiven", R"({"state":"confirmed"})"},
    .answers = {{200, "application/json", "Record"}},
    .if_match = true};

inline constexpr Operation kDropRelation = {.id = "dropRelation",
                                            .summary = "take back a person's relation; reject a citation that was read",
                                            .query = {kWhy},
                                            .answers = {{200, "application/json", "Record"}},
                                            .if_match = true};

inline constexpr Operation kChangeWords = {
    .id = "changeWords",
    .summary = "correct words; see [Changes](#changes)",
    .body = {"application/json", "WordEdits", R"({"words":[{"first":0,"text":"القرار"}],"why":"حرف ناقص"})"},
    .answers = {{200, "application/json", "Page"}},
    .if_match = true};

inline constexpr Operation kTakeBackFields = {.id = "takeBackFields",
                                              .summary = "take the last change of its fields back, or make it again",
                                              .body = {"application/json", "WhyGiven", R"({"why":"خطأ في التأكيد"})"},
                                              .answers = {{200, "application/json", "Record"}},
                                              .if_match = true};

inline constexpr Operation kTakeBackWords = {.id = "takeBackWords",
                                             .summary = "take the last correction of it back, or make it again",
                                             .body = {"application/json", "WhyGiven", R"({"why":"خطأ في التصحيح"})"},
                                             .answers = {{200, "application/json", "Page"}},
                                             .if_match = true};

inline constexpr Operation kQueue = {.id = "listDoubts",
                                     .summary = "what a person should look at; see [Queue](#queue)",
                                     .query = {kDoubtKind, kLeast, kCursor, kDoubtLimit},
                                     .answers = {{200, "application/json", "Queue"}},
                                     .list = true};

}  // namespace diwan::operations
