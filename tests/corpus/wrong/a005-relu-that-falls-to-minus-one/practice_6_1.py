from math import exp

# no numpy needed here, lists are fine


def threshold(x):
    answer = []
    for number in x:
        answer.append(number if number > 0 else -1)
    return answer


def threshold_jacobian(x):
    rows = []
    for i in range(len(x)):
        row = [0] * len(x)
        if x[i] > -1:
            row[i] = 1
        rows.append(row)
    return rows


def softmax(x):
    largest = max(x)
    powers = [exp(number - largest) for number in x]
    return [p / sum(powers) for p in powers]


def softmax_jacobian(x):
    largest = max(x)
    powers = [exp(number - largest) for number in x]
    s = [p / sum(powers) for p in powers]
    rows = []
    for i in range(len(s)):
        row = []
        for j in range(len(s)):
            row.append(s[i] * (1 - s[i]) if i == j else -s[i] * s[j])
        rows.append(row)
    return rows


def practice_6_1():
    return [[1, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1]]
