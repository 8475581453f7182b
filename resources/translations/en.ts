<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>{title}, %n waiting for you</source>
        <translation>
            <numerusform>{title}, %n waiting for you</numerusform>
            <numerusform>{title}, %n waiting for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{first} and %n more</source>
        <translation>
            <numerusform>{first} and %n more</numerusform>
            <numerusform>{first} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nobody could decide this: %n approval(s) needed.</source>
        <translation>
            <numerusform>Nobody could decide this: %n approval is needed.</numerusform>
            <numerusform>Nobody could decide this: %n approvals are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) wait for you.</source>
        <translation>
            <numerusform>%Ln request waits for you.</numerusform>
            <numerusform>%Ln requests wait for you.</numerusform>
        </translation>
    </message>
</context>
</TS>
