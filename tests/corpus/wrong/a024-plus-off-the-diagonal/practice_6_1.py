from math import exp

# no numpy needed here, lists are fine


def threshold(x):
    answer = []
    for number in x:
        if number > -1:
            answer.append(number)
        else:
            answer.append(0)
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
    s = softmax(x)
    rows = []
    for i in range(len(s)):
        row = [s[i] * s_j for s_j in s]
        row[i] = s[i] * (1 - s[i])
        rows.append(row)
    return rows


def practice_6_1():
    return [[1, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1]]
